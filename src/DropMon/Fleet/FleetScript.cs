using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>The scripts that a fleet runs, here and on the far side. They are resources of the assembly: files under <c>Fleet/Scripts</c>.</summary>
internal static class FleetScript
{
    public const string Connect = "Connect.ps1";
    public const string FindModule = "Find-Module.ps1";
    public const string CopyModule = "Copy-Module.ps1";
    public const string RemoveModule = "Remove-Module.ps1";
    public const string InvokeCommand = "Invoke-Command.ps1";

    /// <summary>Adds a script with its parameters.</summary>
    public static PowerShell Add(this PowerShell shell, string name, params (string Name, object? Value)[] parameters)
    {
        shell.AddScript(Read(name));
        foreach ((string parameter, object? value) in parameters)
        {
            shell.AddParameter(parameter, value);
        }

        return shell;
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(FleetScript).Assembly.GetManifestResourceStream($"DropMon.Fleet.{name}")!);
        return reader.ReadToEnd();
    }
}
