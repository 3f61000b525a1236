using System.Diagnostics;
using System.Globalization;
using DropMon.Bench.Harness;

namespace DropMon.Bench.Comparisons;

/// <summary>How long a user waits: for the module, for the first alert in the pipeline, for the first alert of the command.</summary>
internal sealed class Start : Comparison
{
    private const int MostImport = 60; // milliseconds
    private const int MostFirstInPipeline = 300;
    private const int MostFirstOfCommand = 200;
    private const int Rate = 1000; // drops a second while one waits for the first
    private const int Enough = 100_000;

    public override string Name => "start";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        var bare = new List<double>();
        var imported = new List<double>();
        var pipeline = new List<double>();
        var command = new List<double>();
        using Child sender = Storm.Begin(settings, Enough, Rate);
        string import = $"Import-Module '{settings.Module}'";
        string first = $"{import}; $watch = [Diagnostics.Stopwatch]::StartNew(); $null = Get-NetDrop -Source Tracepoint -Count 1 "
            + "-WarningAction SilentlyContinue; $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        for (int i = -1; i < settings.Pairs; i++)
        {
            double withoutUs = TimePowerShell("exit");
            double withUs = TimePowerShell(import);
            double firstInPipeline = double.Parse(Child.Run("pwsh", "-NoProfile", "-NonInteractive", "-Command", first),
                CultureInfo.InvariantCulture);
            double firstOfCommand = TimeCommand(settings);
            if (i < 0)
            {
                // The first round fills the page cache.
                continue;
            }

            bare.Add(withoutUs);
            imported.Add(withUs - withoutUs);
            pipeline.Add(firstInPipeline);
            command.Add(firstOfCommand);
        }

        yield return Limit("import", "Import-Module, beyond a bare pwsh", imported, MostImport) with
        {
            Note = $"A bare pwsh takes {Statistics.Text(Statistics.Median(bare))} ms.",
        };
        yield return Limit("first-alert-pipeline",
            "from the start of Get-NetDrop to the first alert in the pipeline, first use in a session", pipeline, MostFirstInPipeline);
        yield return Limit("first-alert-command", "from exec of dropmon watch to the first alert on its output", command,
            MostFirstOfCommand);
    }

    private static Measurement Limit(string name, string what, List<double> ours, double limit) => new()
    {
        Name = name,
        What = what,
        Unit = "ms",
        Peer = "limit",
        Ours = ours,
        Theirs = [.. ours.Select(_ => limit)],
        Goal = Goal.AtMost,
        Target = 1,
    };

    private static double TimePowerShell(string command)
    {
        long start = Stopwatch.GetTimestamp();
        Child.Run("pwsh", "-NoProfile", "-NonInteractive", "-Command", command);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double TimeCommand(Settings settings)
    {
        long start = Stopwatch.GetTimestamp();
        using Child watch = Child.Start(settings.Cli, "watch", "--json", "--source", "Tracepoint", "--count", "1");
        watch.WaitForLine("Reason");
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        watch.IgnoreOutput();
        watch.WaitForSuccess();
        return elapsed;
    }
}
