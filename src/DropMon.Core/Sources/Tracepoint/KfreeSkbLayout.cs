using System.Runtime.InteropServices;
using DropMon.Kernel.Tracing;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// Where the running kernel keeps the fields of skb:kfree_skb. They moved more than once (5.17 added reason, 6.12 put rx_sk
/// before protocol), so they are found by name.
/// </summary>
internal sealed class KfreeSkbLayout
{
    private const int MostOffset = ushort.MaxValue; // a perf record's length has 16 bits

    private readonly TracepointField _location;
    private readonly TracepointField _protocol;
    private readonly TracepointField _reason;

    public KfreeSkbLayout(TracepointFormat format)
    {
        _location = Required(format, "location", sizeof(ulong));
        _protocol = Required(format, "protocol", sizeof(ushort));
        HasReason = format.Field("reason") is { Size: sizeof(uint), Offset: <= MostOffset };
        _reason = HasReason ? format.Field("reason")!.Value : default;
    }

    /// <summary>Whether this kernel gives reasons (Linux 5.17).</summary>
    public bool HasReason { get; }

    /// <summary>Reads the fields from the raw record of a sample; false when the record is too short.</summary>
    public bool TryRead(ReadOnlySpan<byte> record, ref RawDrop drop)
    {
        if (record.Length < _location.Offset + sizeof(ulong)
            || record.Length < _protocol.Offset + sizeof(ushort)
            || (HasReason && record.Length < _reason.Offset + sizeof(uint)))
        {
            return false;
        }

        drop.Address = MemoryMarshal.Read<ulong>(record[_location.Offset..]);
        drop.EtherType = MemoryMarshal.Read<ushort>(record[_protocol.Offset..]);
        drop.HasEtherType = true;
        if (HasReason)
        {
            drop.ReasonNumber = MemoryMarshal.Read<uint>(record[_reason.Offset..]);
            drop.HasReasonNumber = true;
        }

        return true;
    }

    private static TracepointField Required(TracepointFormat format, string name, int size) =>
        format.Field(name) is { } field && field.Size == size && field.Offset <= MostOffset
            ? field
            : throw new TracepointFormatException($"The tracepoint skb:kfree_skb of this kernel has no field \"{name}\" of {size} bytes.");
}
