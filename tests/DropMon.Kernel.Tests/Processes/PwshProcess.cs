namespace DropMon.KernelTests.Processes;

/// <summary>A pwsh of its own that has loaded the module and runs a script.</summary>
internal sealed class PwshProcess(string script) : ChildProcess("pwsh", ["-NoProfile", "-NonInteractive", "-Command", Prologue + script])
{
    public const string WhyNot = "THE MODULE WAS NOT TESTED: there is no pwsh on PATH";

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "pwsh")));

    private static string Prologue => $"""
        $ErrorActionPreference = 'Stop'
        $manifest = '{BuildOutput.Top}/DropMon.psd1'
        Import-Module $manifest

        """;
}
