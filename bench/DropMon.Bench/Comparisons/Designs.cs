using System.Globalization;
using DropMon.Bench.Harness;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Comparisons;

/// <summary>What other choices than ours would give: rings of other sizes, and a filter in the kernel.</summary>
internal sealed class Designs : Comparison
{
    public const string LostPrefix = "ring-lost-";
    public const string CpuPrefix = "ring-cpu-";
    private const int Drops = 500_000;
    private const string Nothing = "reason == 0"; // SKB_NOT_DROPPED_YET: no drop has it
    private const int WarmUp = 2_000; // fits the smallest ring whole
    private static readonly int[] RingKilobytes = [256, 1024, 8192, 32_768];

    public override string Name => "designs";

    public override IEnumerable<Measurement> Run(Settings settings) =>
        [.. RingKilobytes.SelectMany(size => AtRingSize(settings, size)), Filtered(settings)];

    private static Measurement[] AtRingSize(Settings settings, int kilobytes)
    {
        int drops = settings.Drops(Drops);
        string name = kilobytes.ToString(CultureInfo.InvariantCulture);
        var theirs = new List<CollectorReport>();
        var ours = new List<CollectorReport>();
        for (int i = 0; i < settings.Pairs; i++)
        {
            theirs.Add(CollectorRun.Run(settings, drops, WarmUp, "collect", "Tracepoint",
                (kilobytes * 1024).ToString(CultureInfo.InvariantCulture)).Report);
            ours.Add(CollectorRun.Run(settings, drops, WarmUp, "collect", "Tracepoint").Report);
        }

        return
        [
            new Measurement
            {
                Name = LostPrefix + name,
                What = $"lost of {drops:N0} drops at full speed with the rings we choose, beside rings of {kilobytes:N0} KB for each CPU",
                Unit = "drops",
                Peer = $"{kilobytes:N0} KB",
                Ours = [.. ours.Select(report => (double)report.Lost)],
                Theirs = [.. theirs.Select(report => (double)report.Lost)],
            },
            new Measurement
            {
                Name = CpuPrefix + name,
                What = $"the reader's CPU with the rings we choose, beside rings of {kilobytes:N0} KB for each CPU",
                Unit = "ns/alert",
                Peer = $"{kilobytes:N0} KB",
                Ours = [.. ours.Select(PerAlert)],
                Theirs = [.. theirs.Select(PerAlert)],
            },
        ];
    }

    private static double PerAlert(CollectorReport report) => report.CpuSeconds / report.Delivered * 1e9;

    private static Measurement Filtered(Settings settings)
    {
        int drops = settings.Drops(Drops);
        var rejected = new List<double>();
        var written = new List<double>();
        for (int i = 0; i < settings.Pairs; i++)
        {
            rejected.Add(UnderPerf(settings, drops, Nothing));
            written.Add(UnderPerf(settings, drops, null));
        }

        return new Measurement
        {
            Name = "kernel-filter",
            What = "what a packet costs the sender under perf record while the kernel rejects every record by its reason, beside writing "
                + "it",
            Unit = "ns/packet",
            Peer = "written",
            Ours = rejected,
            Theirs = written,
        };
    }

    private static double UnderPerf(Settings settings, int drops, string? filter)
    {
        using var perf = new PerfRecord(filter);
        Storm storm = Storm.Run(settings, drops);
        perf.Stop();
        return storm.CpuNanoseconds;
    }
}
