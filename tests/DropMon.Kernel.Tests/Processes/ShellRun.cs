using System.Diagnostics;

namespace DropMon.KernelTests.Processes;

/// <summary>A line of shell that runs to its end.</summary>
internal static class ShellRun
{
    /// <summary>Runs the line in bash.</summary>
    /// <returns>The exit code, 128 and the signal's number for one that a signal ended, and what was written to standard output and
    /// standard error.</returns>
    public static (int ExitCode, string Output, string Errors) Bash(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in DropmonProcess.Runtime)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
