using System.Globalization;
using DropMon.Bench.Harness;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Comparisons;

/// <summary>How the cost grows with the rate of drops, and whether memory grows with time.</summary>
internal sealed class Growth : Comparison
{
    public const string RatePrefix = "growth-rate-";
    private const int Turns = 3;
    private const int Seconds = 3;
    private const int WarmUp = 2_000;
    private const int LongSeconds = 60;
    private const int LongRate = 20_000;
    private const double MostGrowth = 1.1;
    private static readonly int[] Rates = [1_000, 10_000, 50_000, 100_000];

    public override string Name => "growth";

    public override IEnumerable<Measurement> Run(Settings settings) =>
        [.. Rates.Select(rate => AtRate(settings, rate)), OverTime(settings)];

    private static Measurement AtRate(Settings settings, int rate)
    {
        var collecting = new List<double>();
        var counting = new List<double>();
        for (int i = 0; i < Math.Min(Turns, settings.Pairs); i++)
        {
            collecting.Add(Share(settings, rate, "collect"));
            counting.Add(Share(settings, rate, "measure"));
        }

        return new Measurement
        {
            Name = RatePrefix + rate.ToString(CultureInfo.InvariantCulture),
            What = $"CPU for {rate:N0} drops a second as objects, beside counting them in groups",
            Unit = "% of a CPU",
            Peer = "counting",
            Ours = collecting,
            Theirs = counting,
        };
    }

    private static double Share(Settings settings, int rate, string program)
    {
        (Storm storm, CollectorReport report) = CollectorRun.Run(settings, rate * Seconds, WarmUp, rate, program, "Tracepoint");
        return report.CpuSeconds / (storm.WallNanoseconds * storm.Sent / 1e9) * 100;
    }

    private static Measurement OverTime(Settings settings)
    {
        using Child collector = Child.Start("dotnet", Settings.Bench, "collect", "Tracepoint");
        collector.WaitForLine("ready");
        int seconds = Math.Max(LongSeconds / settings.Scale, 1);
        Storm.RunAt(settings, LongRate, seconds);
        double early = collector.Memory / 1e6;
        Storm.RunAt(settings, LongRate, seconds);
        double late = collector.Memory / 1e6;
        collector.WriteLine("stop");
        collector.ReadLine();
        collector.WaitForSuccess();
        return new Measurement
        {
            Name = "growth-memory",
            What = $"resident memory after {2 * seconds} seconds of {LongRate:N0} drops a second, beside after half of them",
            Unit = "MB",
            Peer = "half the time",
            Ours = [late],
            Theirs = [early],
            Goal = Goal.AtMost,
            Target = MostGrowth,
        };
    }
}
