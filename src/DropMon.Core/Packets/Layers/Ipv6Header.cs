using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>An IPv6 header (RFC 8200, struct ipv6hdr).</summary>
public sealed class Ipv6Header : PacketLayer
{
    internal const int Length = 40;
    internal const string LayerName = "IPv6";

    internal Ipv6Header(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The differentiated services code point, 0 to 63.</summary>
    public int Dscp => (UInt16(0) >> 6) & 0x3f;

    /// <summary>Explicit congestion notification: 0 not capable, 1 or 2 capable, 3 congestion experienced.</summary>
    public int Ecn => (Header[1] >> 4) & 3;

    /// <summary>The flow label, 0 to 1048575.</summary>
    public int FlowLabel => (int)(UInt32(0) & 0xfffff);

    /// <summary>The length behind this header, in bytes; 0 in a jumbogram.</summary>
    public int PayloadLength => UInt16(4);

    /// <summary>The number of the header that follows; see <see cref="IpProtocol"/>.</summary>
    public byte NextHeader => Header[6];

    /// <summary>The hop limit.</summary>
    public int HopLimit => Header[7];

    /// <summary>The source's address.</summary>
    public IPAddress SourceAddress => new(Header[8..24]);

    /// <summary>The destination's address.</summary>
    public IPAddress DestinationAddress => new(Header[24..40]);

    internal override void Describe(StringBuilder text) => text.Append(SourceAddress).Append(" > ").Append(DestinationAddress);
}
