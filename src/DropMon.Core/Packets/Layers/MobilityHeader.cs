using System.Text;

namespace DropMon.Packets;

/// <summary>A mobility header of IPv6 (RFC 6275, struct ip6_mh).</summary>
public sealed class MobilityHeader : PacketLayer
{
    internal const int FixedLength = 8;

    internal MobilityHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => IpProtocol.Name(IpProtocol.Mobility);

    /// <summary>The kind of message: 5 binding update, 6 acknowledgement.</summary>
    public int MessageType => Header[2];

    internal override void Describe(StringBuilder text) => text.Append("Mobility type ").Append(MessageType);
}
