using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Remove-Module stops the session's monitor.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionMonitor.Of(psModuleInfo)?.Stop();
}
