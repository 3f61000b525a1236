using System.Text;

namespace DropMon.Packets;

/// <summary>An SCTP header (RFC 9260, struct sctphdr). What lies behind the ports is null where the bytes end before it.</summary>
public sealed class SctpHeader : PacketLayer
{
    internal const int FixedLength = 12;
    internal const string LayerName = "SCTP";

    internal SctpHeader(HeaderBytes header, ReadOnlySpan<byte> chunks)
        : base(header) => Chunks = SctpChunk.ReadAll(chunks);

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The source port.</summary>
    public int SourcePort => UInt16(0);

    /// <summary>The destination port.</summary>
    public int DestinationPort => UInt16(2);

    /// <summary>The verification tag.</summary>
    public uint? VerificationTag => UInt32IfThere(4);

    /// <summary>The checksum as it came; not yet there in a packet whose checksum a device is to make.</summary>
    public uint? Checksum => UInt32IfThere(8);

    /// <summary>The chunks that begin within the bytes, 16 at most.</summary>
    public IReadOnlyList<SctpChunk> Chunks { get; }

    internal override void Describe(StringBuilder text)
    {
        text.Append(LayerName);
        if (Chunks.Count > 0)
        {
            text.Append(" [").AppendJoin(',', Chunks).Append(']');
        }
    }
}
