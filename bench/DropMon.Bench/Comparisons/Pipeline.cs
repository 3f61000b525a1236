using System.Globalization;
using DropMon.Bench.Harness;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Comparisons;

/// <summary>Alerts of a file through PowerShell's pipeline, beside as many bare objects from a cmdlet that does nothing else.</summary>
internal sealed class Pipeline : Comparison
{
    private const int Alerts = 200_000;
    private const double LeastOfBare = 0.7;

    public override string Name => "pipeline";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        int alerts = settings.Drops(Alerts);
        using var scratch = new Scratch();
        string file = scratch["alerts.jsonl"];
        AlertFileMaker.Write(file, alerts);
        string output = Child.Run(
            "pwsh",
            "-NoProfile",
            "-NonInteractive",
            "-File",
            Path.Combine(settings.Top, "bench/pipeline.ps1"),
            "-Module",
            settings.Module,
            "-BareCmdlets",
            settings.Cmdlets,
            "-Path",
            file,
            "-Count",
            $"{alerts}",
            "-Pairs",
            $"{settings.Pairs}");
        ILookup<string, double[]> times = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToLookup(parts => parts[0], parts => parts[1..].Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray());
        yield return Compare("pipeline-group", "Get-NetDrop -Path big.jsonl | Group-Object Function", alerts, times["group"]);
        yield return Compare("pipeline-where", "Get-NetDrop -Path big.jsonl | Where-Object Reason -eq NO_SOCKET", alerts, times["where"]);
        yield return Compare("pipeline-null", "Get-NetDrop -Path big.jsonl | Out-Null", alerts, times["null"]) with { Goal = Goal.None };
    }

    private static Measurement Compare(string name, string what, int alerts, IEnumerable<double[]> seconds) => new()
    {
        Name = name,
        What = $"{what}, {alerts:N0} alerts with packets",
        Unit = "thousand/s",
        Peer = "as many bare objects",
        Ours = [.. seconds.Select(pair => alerts / pair[0] / 1000)],
        Theirs = [.. seconds.Select(pair => alerts / pair[1] / 1000)],
        Goal = Goal.AtLeast,
        Target = LeastOfBare,
    };
}
