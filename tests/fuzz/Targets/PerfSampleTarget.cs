using DropMon.Kernel.Tracing;
using DropMon.Sources;
using DropMon.Sources.Tracepoint;

namespace DropMon.Fuzz.Targets;

/// <summary>Samples of the tracepoint, by both layouts, with and without a stack.</summary>
internal sealed class PerfSampleTarget : FuzzTarget
{
    private static readonly KfreeSkbLayout Old = new(TracepointFormat.Parse(TracepointSeeds.Linux510));
    private static readonly KfreeSkbLayout New = new(TracepointFormat.Parse(TracepointSeeds.Linux612));

    private readonly CheckingConsumer _consumer = new("Tracepoint");
    private readonly KfreeSkbSampleDecoder[] _decoders = [new(Old, false), new(Old, true), new(New, false), new(New, true)];

    public override string Name => "perf-sample";

    public override int Share => 120;

    public override int MaximumLength => 512;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            byte[] head = [42, 0, 0, 0, 42, 0, 0, 0, .. BitConverter.GetBytes(123_456_789_012L)];
            byte[] chain =
            [
                .. BitConverter.GetBytes(3L), .. BitConverter.GetBytes(-128L), .. BitConverter.GetBytes(0xffffffff81c0d9a2),
                .. BitConverter.GetBytes(0xffffffffc0000010)
            ];
            byte[] raw = new byte[40];
            BitConverter.GetBytes(0xffffffff81c0d9a2).CopyTo(raw, 16);
            raw[33] = 8;
            raw[36] = 3;
            yield return [0, .. head, 28, 0, 0, 0, .. raw[..28]];
            yield return [1, .. head, .. chain, 28, 0, 0, 0, .. raw[..28]];
            yield return [2, .. head, 44, 0, 0, 0, .. raw, 0, 0, 0, 0];
            yield return [3, .. head, .. chain, 44, 0, 0, 0, .. raw, 0, 0, 0, 0];
            foreach (byte[] sample in GoldenSeeds.Named("sample.bin"))
            {
                yield return [2, .. sample];
            }

            foreach (byte[] sample in GoldenSeeds.Named("sample-callchain.bin"))
            {
                yield return [3, .. sample];
            }
        }
    }

    // The table of sites doubles now and then, up to its bound.
    public override long MostAllocation(int inputLength) => 32 * 1024 * 1024;

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var drop = new RawDrop { Cpu = 1 };
        ReadOnlySpan<byte> whole = _consumer.Begin(input);
        if (_decoders[input[0] % 4].TryDecode(whole[1..], ref drop))
        {
            Invariant.IsWithin(System.Runtime.InteropServices.MemoryMarshal.AsBytes(drop.StackTrace), whole);
            // Whatever process has that number on this machine does not belong here.
            drop.ProcessId = 0;
            _consumer.Consume(in drop);
        }
    }
}
