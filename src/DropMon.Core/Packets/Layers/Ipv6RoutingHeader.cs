using System.Text;

namespace DropMon.Packets;

/// <summary>A routing header of IPv6 (struct ipv6_rt_hdr).</summary>
public sealed class Ipv6RoutingHeader : PacketLayer
{
    internal Ipv6RoutingHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => IpProtocol.Name(IpProtocol.Routing);

    /// <summary>The number of the header that follows.</summary>
    public byte NextHeader => Header[0];

    /// <summary>The kind of routing: 2 mobile IPv6, 3 RPL, 4 segment routing.</summary>
    public int RoutingType => Header[2];

    /// <summary>How many segments are still to be visited.</summary>
    public int SegmentsLeft => Header[3];

    internal override void Describe(StringBuilder text) =>
        text.Append("routing type ").Append(RoutingType).Append(", segments left ").Append(SegmentsLeft);
}
