using DropMon.Bench.Harness;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Comparisons;

/// <summary>Counting a storm in groups beside collecting its objects, and beside perf.</summary>
internal sealed class MeterStorm : Comparison
{
    private const int Drops = 2_000_000;
    private const double MostOfCollecting = 0.5;

    public override string Name => "measure";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        int drops = settings.Drops(Drops);
        var counting = new List<(Storm Storm, CollectorReport Report)>();
        var collecting = new List<(Storm Storm, CollectorReport Report)>();
        var perf = new List<Storm>();
        var bpf = new List<Storm>();
        for (int i = 0; i < settings.Pairs; i++)
        {
            counting.Add(CollectorRun.Run(settings, drops, "measure", "Tracepoint"));
            collecting.Add(CollectorRun.Run(settings, drops, "collect", "Tracepoint"));
            perf.Add(RunPerf(settings, drops));
            bpf.Add(RunBpftrace(settings, drops));
        }

        yield return new Measurement
        {
            Name = "measure-cpu",
            What = $"{drops:N0} drops counted by function and reason, beside collecting them as objects",
            Unit = "ns/drop",
            Peer = "our own collector",
            Ours = [.. counting.Select(run => run.Report.CpuSeconds / run.Report.Delivered * 1e9)],
            Theirs = [.. collecting.Select(run => run.Report.CpuSeconds / run.Report.Delivered * 1e9)],
            Goal = Goal.AtMost,
            Target = MostOfCollecting,
            Note = $"Its ledger's losses in these runs: {string.Join(", ", counting.Select(run => run.Report.Lost))}; allocated: "
                + $"{Statistics.Text(Statistics.Median(counting.Select(run => (double)run.Report.Allocated / run.Report.Delivered)))} "
                    + "bytes a drop.",
        };
        string inKernel = "Under bpftrace, which counts by reason in the kernel and tells no function, it is "
            + $"{Statistics.Text(Statistics.Median(bpf.Select(storm => storm.WallNanoseconds)))} ns.";
        yield return Sender("measure-sender", "on the clock", counting, perf, storm => storm.WallNanoseconds) with { Note = inKernel };
        yield return Sender("measure-sender-cpu", "in CPU time", counting, perf, storm => storm.CpuNanoseconds);
    }

    private static Measurement Sender(string name, string how, List<(Storm Storm, CollectorReport Report)> ours, List<Storm> theirs,
        Func<Storm, double> cost) => new()
        {
            Name = name,
            What = $"what a packet costs the sender while drops are counted, {how}",
            Unit = "ns/packet",
            Peer = "perf record -e skb:kfree_skb -a",
            Ours = [.. ours.Select(run => cost(run.Storm))],
            Theirs = [.. theirs.Select(cost)],
            Goal = Goal.AtMost,
            Target = 1,
        };

    private static Storm RunBpftrace(Settings settings, int drops)
    {
        using Child bpftrace = Child.Start("bpftrace", "-e",
            "BEGIN { printf(\"ready\\n\"); } tracepoint:skb:kfree_skb { @[args->reason] = count(); }");
        bpftrace.WaitForLine("ready");
        bpftrace.IgnoreOutput();
        Storm storm = Storm.Run(settings, drops);
        bpftrace.Interrupt();
        bpftrace.WaitForSuccess();
        return storm;
    }

    private static Storm RunPerf(Settings settings, int drops)
    {
        using var perf = new PerfRecord();
        Storm storm = Storm.Run(settings, drops);
        perf.Stop();
        return storm;
    }
}
