using DropMon.Bench.Harness;
using DropMon.Bench.Programs;

namespace DropMon.Bench.Comparisons;

/// <summary>A storm at full speed on this kernel's tracepoint: our collector beside <c>perf record</c> and <c>perf script</c>.</summary>
internal sealed class TracepointStorm : Comparison
{
    private const int Drops = 2_000_000;
    private const double MostMemory = 150e6;

    public override string Name => "tracepoint";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        int drops = settings.Drops(Drops);
        var quiet = new List<Storm>();
        var ours = new List<(Storm Storm, CollectorReport Report)>();
        var theirs = new List<PerfRun>();
        double decodeStart = RunPerf(settings, 1).DecodeSeconds;
        for (int i = 0; i < settings.Pairs; i++)
        {
            quiet.Add(Storm.Run(settings, drops));
            ours.Add(CollectorRun.Run(settings, drops, "collect", "Tracepoint"));
            theirs.Add(RunPerf(settings, drops));
        }

        double perRecord(PerfRun run) => (run.RecordSeconds
            + ((run.DecodeSeconds - decodeStart) * drops / (drops + CollectorRun.WarmUp))) / drops * 1e9;
        yield return new Measurement
        {
            Name = "tracepoint-delivered",
            What = $"{drops:N0} drops at full speed: delivered alerts of the sender's own drops, beside what it sent",
            Unit = "alerts",
            Peer = "sent",
            Ours = [.. ours.Select(run => (double)run.Report.ByProcess.GetValueOrDefault(run.Storm.ProcessId))],
            Theirs = [.. ours.Select(run => (double)run.Storm.Sent)],
            Goal = Goal.AtLeast,
            Target = 1,
            Note = $"The ledger's losses in these runs: {string.Join(", ", ours.Select(run => run.Report.Lost))}.",
        };
        yield return new Measurement
        {
            Name = "tracepoint-sender",
            What = "what a packet costs the sender, on the clock",
            Unit = "ns/packet",
            Peer = "perf record -e skb:kfree_skb -a",
            Ours = [.. ours.Select(run => run.Storm.WallNanoseconds)],
            Theirs = [.. theirs.Select(run => run.Storm.WallNanoseconds)],
            Goal = Goal.AtMost,
            Target = 1,
            Note = $"Unwatched it is {Statistics.Text(Statistics.Median(quiet.Select(storm => storm.WallNanoseconds)))} ns.",
        };
        yield return new Measurement
        {
            Name = "tracepoint-sender-cpu",
            What = "what a packet costs the sender, in CPU time",
            Unit = "ns/packet",
            Peer = "perf record -e skb:kfree_skb -a",
            Ours = [.. ours.Select(run => run.Storm.CpuNanoseconds)],
            Theirs = [.. theirs.Select(run => run.Storm.CpuNanoseconds)],
            Goal = Goal.AtMost,
            Target = 1,
            Note = $"Unwatched it is {Statistics.Text(Statistics.Median(quiet.Select(storm => storm.CpuNanoseconds)))} ns.",
        };
        yield return new Measurement
        {
            Name = "tracepoint-cpu",
            What = "CPU from the kernel's record to an object, against record and text",
            Unit = "ns/alert",
            Peer = "perf record + perf script",
            Ours = [.. ours.Select(run => run.Report.CpuSeconds / run.Report.Delivered * 1e9)],
            Theirs = [.. theirs.Select(perRecord)],
            Goal = Goal.AtMost,
            Target = 1,
            Note = $"Subtracted: what each used until the end of {CollectorRun.WarmUp:N0} drops before the storm, ours "
                + $"{Statistics.Text(Statistics.Median(ours.Select(run => run.Report.StartUpSeconds)))} s, and "
                    + $"{Statistics.Text(decodeStart)} s of perf script's start. The garbage collector held ours up for "
                        + $"{Statistics.Text(Statistics.Median(ours.Select(run => run.Report.PauseSeconds * 1000)))} ms in all.",
        };
        yield return new Measurement
        {
            Name = "tracepoint-memory",
            What = "the most memory ever resident in the collector",
            Unit = "MB",
            Peer = "limit",
            Ours = [.. ours.Select(run => run.Report.PeakMemory / 1e6)],
            Theirs = [.. ours.Select(_ => MostMemory / 1e6)],
            Goal = Goal.AtMost,
            Target = 1,
            Note = $"Allocated: {Statistics.Text(Statistics.Median(ours.Select(run => (double)run.Report.Allocated / run.Report.Delivered)))} bytes an alert.",
        };
    }

    private static PerfRun RunPerf(Settings settings, int drops)
    {
        using var perf = new PerfRecord();
        Storm.Run(settings, CollectorRun.WarmUp);
        TimeSpan start = perf.Cpu;
        Storm storm = Storm.Run(settings, drops);
        return new PerfRun(storm, (perf.Stop() - start).TotalSeconds, perf.Decode().TotalSeconds);
    }

    private sealed record PerfRun(Storm Storm, double RecordSeconds, double DecodeSeconds);
}
