using System.Text;

namespace DropMon.Packets;

/// <summary>A GRE header (RFC 2784, 2890 and, in version 1, 2637; struct gre_full_hdr).</summary>
public sealed class GreHeader : PacketLayer
{
    internal const int FixedLength = 4;
    internal const string LayerName = "GRE";

    internal GreHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>0, or 1 for the form that PPTP uses.</summary>
    public int Version => Header[1] & 7;

    /// <summary>The EtherType of what follows.</summary>
    public ushort ProtocolType => UInt16(2);

    /// <summary>The key, if there is one; null too where the bytes end before it.</summary>
    public uint? Key => HasKey(Header) ? UInt32IfThere(FixedLength + (HasChecksum(Header) ? 4 : 0)) : null;

    /// <summary>The sequence number, if there is one; null too where the bytes end before it.</summary>
    public uint? SequenceNumber =>
        HasSequence(Header) ? UInt32IfThere(FixedLength + (HasChecksum(Header) ? 4 : 0) + (HasKey(Header) ? 4 : 0)) : null;

    internal static int MeasuredLength(ReadOnlySpan<byte> header) =>
        FixedLength + (HasChecksum(header) ? 4 : 0) + (HasKey(header) ? 4 : 0) + (HasSequence(header) ? 4 : 0) + (
            HasAcknowledgment(header) ? 4 : 0);

    internal override void Describe(StringBuilder text)
    {
        text.Append(LayerName);
        if (Key is { } key)
        {
            text.Append(" key ").Append(key);
        }

        if (SequenceNumber is { } sequence)
        {
            text.Append(", seq ").Append(sequence);
        }
    }

    private static bool HasChecksum(ReadOnlySpan<byte> header) => (header[0] & 0x80) != 0;

    private static bool HasKey(ReadOnlySpan<byte> header) => (header[0] & 0x20) != 0;

    private static bool HasSequence(ReadOnlySpan<byte> header) => (header[0] & 0x10) != 0;

    private static bool HasAcknowledgment(ReadOnlySpan<byte> header) => (header[1] & 0x87) == 0x81;
}
