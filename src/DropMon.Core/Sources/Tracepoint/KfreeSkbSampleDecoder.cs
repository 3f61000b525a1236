using System.Runtime.InteropServices;

namespace DropMon.Sources.Tracepoint;

/// <summary>Decodes PERF_RECORD_SAMPLE of skb:kfree_skb as <see cref="CpuEvent"/> asks for it: TID, TIME, perhaps CALLCHAIN, RAW.</summary>
internal sealed class KfreeSkbSampleDecoder(KfreeSkbLayout layout, bool hasCallchain)
{
    private const int FixedSize = 16; // u32 pid, u32 tid, u64 time

    // PERF_CONTEXT_MAX: values above it mark where the chain changes between user and kernel.
    private const ulong FirstContextMarker = unchecked((ulong)-4095L);

    /// <summary>Decodes one sample; false when it is malformed. <see cref="RawDrop.UnixNanoseconds"/> is still CLOCK_MONOTONIC.</summary>
    public bool TryDecode(ReadOnlySpan<byte> body, ref RawDrop drop)
    {
        if (body.Length < FixedSize)
        {
            return false;
        }

        drop.ProcessId = MemoryMarshal.Read<int>(body);
        drop.HasContext = true;
        drop.UnixNanoseconds = MemoryMarshal.Read<long>(body[8..]);
        drop.Count = 1;
        ReadOnlySpan<byte> rest = body[FixedSize..];
        if (hasCallchain && !TryReadCallchain(ref rest, ref drop))
        {
            return false;
        }

        return MemoryMarshal.TryRead(rest, out uint size)
            && size <= (uint)(rest.Length - sizeof(uint))
            && layout.TryRead(rest.Slice(sizeof(uint), (int)size), ref drop);
    }

    private static bool TryReadCallchain(ref ReadOnlySpan<byte> rest, ref RawDrop drop)
    {
        if (!MemoryMarshal.TryRead(rest, out ulong length) || length > (ulong)(rest.Length - sizeof(ulong)) / sizeof(ulong))
        {
            return false;
        }

        ReadOnlySpan<ulong> chain = MemoryMarshal.Cast<byte, ulong>(rest.Slice(sizeof(ulong), (int)length * sizeof(ulong)));
        rest = rest[(sizeof(ulong) + ((int)length * sizeof(ulong)))..];
        drop.StackTrace = chain.Length > 0 && chain[0] >= FirstContextMarker ? chain[1..] : chain;
        return true;
    }
}
