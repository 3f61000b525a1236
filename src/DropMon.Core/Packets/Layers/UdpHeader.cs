using System.Text;

namespace DropMon.Packets;

/// <summary>A UDP header (RFC 768, struct udphdr).</summary>
public sealed class UdpHeader : PacketLayer
{
    internal const int FixedLength = 8;
    internal const string LayerName = "UDP";

    internal UdpHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The source port.</summary>
    public int SourcePort => UInt16(0);

    /// <summary>The destination port.</summary>
    public int DestinationPort => UInt16(2);

    /// <summary>The length from this header on, in bytes; null where the bytes end before it.</summary>
    public int? Length => UInt16IfThere(4);

    /// <summary>The checksum as it came; half done in a packet whose checksum a device is to finish.</summary>
    public int? Checksum => UInt16IfThere(6);

    internal override void Describe(StringBuilder text) => text.Append(LayerName);
}
