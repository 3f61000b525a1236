using DropMon.Bench.Harness;
using DropMon.Bench.Micro;
using DropMon.Bench.Native;
using DropMon.Filters;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Sources.NetDm;

namespace DropMon.Bench.Comparisons;

/// <summary>
/// From the kernel's bytes to a decoded alert, and on to an object, on one core; the bytes are those that kernel 6.12 sent.
/// </summary>
internal sealed class Decode : Comparison
{
    private const int Alerts = 5_000_000;
    private const int Objects = 1_000_000;
    private const double LeastPerSecond = 5e6;
    private const double MostBytes = 300;
    private const int ArrayHeader = 24; // of the payload's array

    public override string Name => "decode";

    public override IEnumerable<Measurement> Run(Settings settings)
    {
        byte[] datagram = GoldenBytes.Read(GoldenBytes.Packet);
        int alerts = settings.Drops(Alerts);
        int objects = settings.Drops(Objects);
        DecodeOnly(datagram, alerts);
        BuildObjects(datagram, objects);
        Cost[] decode = [.. Enumerable.Range(0, settings.Pairs).Select(_ => DecodeOnly(datagram, alerts))];
        Cost[] build = [.. Enumerable.Range(0, settings.Pairs).Select(_ => BuildObjects(datagram, objects))];
        double perAlert = Statistics.Median(decode.Select(cost => cost.BytesPerAlert));
        yield return new Measurement
        {
            Name = "decode",
            What = "a packet alert of kernel 6.12, from bytes to an unmaterialised alert, on one core",
            Unit = "million/s",
            Peer = "limit",
            Ours = [.. decode.Select(cost => cost.PerSecond / 1e6)],
            Theirs = [.. decode.Select(_ => LeastPerSecond / 1e6)],
            Goal = Goal.AtLeast,
            Target = 1,
            Note = $"Allocated: {perAlert:0.####} bytes an alert.",
        };
        yield return new Measurement
        {
            Name = "decode-allocated",
            What = "bytes allocated for an unmaterialised alert; the limit of one stands for none, since a ratio needs it",
            Unit = "bytes",
            Peer = "limit",
            Ours = [.. decode.Select(cost => cost.BytesPerAlert)],
            Theirs = [.. decode.Select(_ => 1.0)],
            Goal = Goal.AtMost,
            Target = 0.001,
        };
        yield return new Measurement
        {
            Name = "objects",
            What = "the same, built into an object: bytes allocated besides the payload",
            Unit = "bytes",
            Peer = "limit",
            Ours = [.. build.Select(cost => cost.BytesPerAlert - ArrayHeader - cost.PayloadLength)],
            Theirs = [.. build.Select(_ => MostBytes)],
            Goal = Goal.AtMost,
            Target = 1,
            Note = $"{Statistics.Text(Statistics.Median(build.Select(cost => cost.PerSecond / 1e6)))} million objects a second with "
                + $"payloads of {build[0].PayloadLength} bytes.",
        };
    }

    private static Cost DecodeOnly(byte[] datagram, int alerts)
    {
        var consumer = new LastDrop();
        return Measure(datagram, alerts, consumer, () => consumer.PayloadLength);
    }

    private static Cost BuildObjects(byte[] datagram, int alerts)
    {
        var names = new RawDropNames("NetDm");
        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        var sites = new DropSiteTable(knowledge.Symbols, knowledge.Lines, knowledge.Classifier, null);
        var last = new Builder(new DropAlertBuilder("NetDm", knowledge.Symbols, knowledge.Lines, names));
        var consumer = new SessionDispatcher(sites, names);
        consumer.Add(last);
        // The first finds the site, which is not the object's cost.
        Measure(datagram, 1, consumer, () => 0);
        return Measure(datagram, alerts, consumer, () => last.Last?.Payload?.Length ?? 0);
    }

    private static Cost Measure(byte[] datagram, int alerts, IRawDropConsumer consumer, Func<int> payloadLength)
    {
        ushort family = GoldenBytes.FamilyOf(datagram);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = CpuClock.OfThisThread();
        for (int i = 0; i < alerts; i++)
        {
            NetDmDatagramDecoder.Deliver(datagram, family, consumer);
        }

        double seconds = (CpuClock.OfThisThread() - start).TotalSeconds;
        return new Cost(alerts / seconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)alerts, payloadLength());
    }

    private sealed record Cost(double PerSecond, double BytesPerAlert, int PayloadLength);

    private sealed class Builder(DropAlertBuilder builder) : SessionListener(null!, DropFilter.None)
    {
        public DropAlert? Last { get; private set; }

        public override void EndBatch(bool processesChanged)
        {
        }

        public override void Complete()
        {
        }

        protected override void Take(in RawDrop drop, DropSite site, ref DropAlert? alert) => Last = alert ??= builder.Build(in drop, site);
    }
}
