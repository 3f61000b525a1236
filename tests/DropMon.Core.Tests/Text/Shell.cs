using System.Diagnostics;

namespace DropMon.Tests.Text;

/// <summary>
/// Runs commands in the machine's shells, in an empty folder and without any program on the path: what appears in the folder was made by
/// the command itself.
/// </summary>
internal sealed class Shell : IDisposable
{
    public static readonly TheoryData<string> All = ["bash", "dash", "busybox"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dropmon-shell-");

    /// <summary>Whether a shell is on this machine.</summary>
    public static bool Has(string shell) => File.Exists(Program(shell));

    /// <summary>Runs a command.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string shell, string command)
    {
        var start = new ProcessStartInfo(Program(shell))
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/nonexistent";
        string[] arguments = shell == "busybox" ? ["sh", "-c", command] : ["-c", command];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>The names of what was made.</summary>
    public string[] Made => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Program(string shell) => $"/usr/bin/{shell}";
}
