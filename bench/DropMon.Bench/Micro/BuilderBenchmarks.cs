using BenchmarkDotNet.Attributes;
using DropMon.Filters;
using DropMon.Packets;
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
    private Objects? _objects;
    private MeasuringConsumer? _counts;

    [Params(1, 1000)]
    public int Sites { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        byte[] packet = GoldenBytes.Read(GoldenBytes.Packet);
        _family = GoldenBytes.FamilyOf(packet);
        _datagrams = Spread(packet, Sites);
        var names = new RawDropNames("NetDm");
        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        var builder = new DropAlertBuilder("NetDm", knowledge.Symbols, knowledge.Lines, names);
        _objects = new Objects(Gate(knowledge, names), builder);
        var labeler = new GroupLabeler(DropMeter.DefaultKeys);
        _counts = new MeasuringConsumer(Gate(knowledge, names), names, labeler, new DropTally(labeler.Keys, 0));
    }

    [Benchmark(Description = "datagram to object")]
    public bool BuildObject() => NetDmDatagramDecoder.Deliver(Next(), _family, _objects!);

    [Benchmark(Description = "datagram to count")]
    public bool AddToCount() => NetDmDatagramDecoder.Deliver(Next(), _family, _counts!);

    private static RawDropGate Gate(KernelKnowledge knowledge, RawDropNames names) =>
        new(new DropSiteTable(knowledge.Symbols, knowledge.Lines, knowledge.Classifier, null, DropFilter.None), DropFilter.None, names);

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

    private sealed class Objects(RawDropGate gate, DropAlertBuilder builder) : IRawDropConsumer
    {
        private DropAlert? _last;

        public void Consume(in RawDrop drop)
        {
            if (gate.Admit(in drop) is { } site)
            {
                _last = builder.Build(in drop, site);
            }
        }

        public void EndBatch() => GC.KeepAlive(_last);

        public void Complete()
        {
        }
    }
}
