namespace DropMon.KernelTests.Processes;

/// <summary>The peer that most people know, watching. Its output is made to come by the line.</summary>
internal sealed class DropwatchProcess : ChildProcess
{
    public DropwatchProcess()
        : base("stdbuf", ["-oL", "dropwatch", "-l", "kas"])
    {
        Type("start");
        NextLine(line => line.Contains("Kernel monitoring activated", StringComparison.Ordinal));
    }

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "dropwatch")));
}
