using BenchmarkDotNet.Attributes;
using DropMon.Filters;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;
using DropMon.Sources.NetDm;

namespace DropMon.Bench.Micro;

/// <summary>From a datagram to what a consumer makes of it: an object, or a count; with drops at one place or at many.</summary>
public class BuilderBenchmarks
{
    private const int SiteDistance = 8; // bytes of code between two places
    private byte[][] _datagrams = [];
    private ushort _family;
    private int _next;
    private SessionDispatcher? _objects;
    private SessionDispatcher? _counts;
    private SessionDispatcher? _rejects;

    [Params(1, 1000)]
    public int Sites { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        byte[] packet = GoldenBytes.Read(GoldenBytes.Packet);
        _family = GoldenBytes.FamilyOf(packet);
        _datagrams = Spread(packet, Sites);
        _objects = Session(session => new Objects(
            session, new DropAlertBuilder("NetDm", Knowledge.Symbols, Knowledge.Lines, new RawDropNames("NetDm"))));
        _counts = Session(session => new MeasuringListener(session, DropFilter.None, new DropMeterOptions(), new RawDropNames("NetDm")));
        _rejects = Session(session => new Objects(session, builder: null, DropFilter.None.With(FilterField.Function, "no_such_function")));
    }

    [Benchmark(Description = "datagram to object")]
    public bool BuildObject() => NetDmDatagramDecoder.Deliver(Next(), _family, _objects!);

    [Benchmark(Description = "datagram to count")]
    public bool AddToCount() => NetDmDatagramDecoder.Deliver(Next(), _family, _counts!);

    [Benchmark(Description = "datagram rejected")]
    public bool Reject() => NetDmDatagramDecoder.Deliver(Next(), _family, _rejects!);

    private static KernelKnowledge Knowledge { get; } = KernelKnowledge.OfThisMachine();

    // What a session does on its source's thread, without the thread.
    private static SessionDispatcher Session(Func<DropSession, SessionListener> listen)
    {
        var dispatcher = new SessionDispatcher(new DropSiteTable(Knowledge.Symbols, Knowledge.Lines, Knowledge.Classifier, null),
            new RawDropNames("NetDm"));
        dispatcher.Add(listen(null!));
        return dispatcher;
    }

    // The same datagram with another program counter in each.
    private static byte[][] Spread(byte[] packet, int sites)
    {
        var drop = new LastDrop();
        NetDmDatagramDecoder.Deliver(packet, GoldenBytes.FamilyOf(packet), drop);
        int at = packet.AsSpan().IndexOf(BitConverter.GetBytes(drop.Address));
        return [.. Enumerable.Range(0, sites).Select(i =>
        {
            byte[] copy = [.. packet];
            BitConverter.TryWriteBytes(copy.AsSpan(at), drop.Address + ((ulong)i * SiteDistance));
            return copy;
        })];
    }

    private byte[] Next()
    {
        _next = _next + 1 < _datagrams.Length ? _next + 1 : 0;
        return _datagrams[_next];
    }

    private sealed class Objects(DropSession session, DropAlertBuilder? builder, DropFilter? filter = null)
        : SessionListener(session, filter ?? DropFilter.None)
    {
        private DropAlert? _last;

        public override void EndBatch(bool processesChanged) => GC.KeepAlive(_last);

        public override void Complete()
        {
        }

        protected override void Take(in RawDrop drop, DropSite site, ref DropAlert? alert) =>
            _last = alert ??= builder!.Build(in drop, site);
    }
}
