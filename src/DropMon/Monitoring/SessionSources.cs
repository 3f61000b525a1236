using System.Collections;
using System.Management.Automation;
using DropMon.Sources;

namespace DropMon.Monitoring;

/// <summary>
/// The catalog of sources that the cmdlets of one session choose from: DropMon's own, unless the module's private data holds another one.
/// </summary>
internal static class SessionSources
{
    private const string Key = "SourceCatalog";

    /// <summary>The catalog for a cmdlet.</summary>
    public static SourceCatalog Of(PSCmdlet cmdlet) => Of(cmdlet.MyInvocation.MyCommand.Module);

    /// <summary>The catalog of the session that this thread runs in, for what is no cmdlet.</summary>
    public static SourceCatalog OfThisSession()
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return Of(shell.AddCommand("Get-Module").AddParameter("Name", "DropMon").Invoke<PSModuleInfo>().FirstOrDefault());
    }

    private static SourceCatalog Of(PSModuleInfo? module) => (module?.PrivateData as Hashtable)?[Key] switch
    {
        SourceCatalog catalog => catalog,
        PSObject { BaseObject: SourceCatalog catalog } => catalog,
        _ => SourceCatalog.Default,
    };
}
