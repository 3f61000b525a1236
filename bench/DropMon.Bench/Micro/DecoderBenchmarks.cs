using BenchmarkDotNet.Attributes;
using DropMon.Sources;
using DropMon.Sources.NetDm;
using DropMon.Sources.Tracepoint;

namespace DropMon.Bench.Micro;

/// <summary>From the kernel's bytes to a raw drop.</summary>
public class DecoderBenchmarks
{
    private readonly LastDrop _last = new();
    private readonly byte[] _packet = GoldenBytes.Read(GoldenBytes.Packet);
    private readonly byte[] _summary = GoldenBytes.Read("summary.bin");
    private readonly byte[] _sample = GoldenBytes.Read("sample.bin");
    private readonly KfreeSkbSampleDecoder _decoder = new(GoldenBytes.Layout(), hasCallchain: false);
    private ushort _family;

    [GlobalSetup]
    public void FindFamily() => _family = GoldenBytes.FamilyOf(_packet);

    [Benchmark(Description = "packet alert of the drop monitor")]
    public bool Packet() => NetDmDatagramDecoder.Deliver(_packet, _family, _last);

    [Benchmark(Description = "summary alert of the drop monitor")]
    public bool Summary() => NetDmDatagramDecoder.Deliver(_summary, _family, _last);

    [Benchmark(Description = "sample of the tracepoint")]
    public ulong Sample()
    {
        var drop = default(RawDrop);
        return _decoder.TryDecode(_sample, ref drop) ? drop.Address : 0;
    }
}
