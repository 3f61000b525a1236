using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>An IPv4 header (RFC 791, struct iphdr).</summary>
public sealed class Ipv4Header : PacketLayer
{
    internal const int FixedLength = 20;
    internal const string LayerName = "IPv4";

    private IReadOnlyList<Ipv4Option>? _options;

    internal Ipv4Header(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The differentiated services code point, 0 to 63.</summary>
    public int Dscp => Header[1] >> 2;

    /// <summary>Explicit congestion notification: 0 not capable, 1 or 2 capable, 3 congestion experienced.</summary>
    public int Ecn => Header[1] & 3;

    /// <summary>The packet's length from this header on, in bytes; 0 in a segment above 65535 that a device is to cut (BIG TCP).</summary>
    public int TotalLength => UInt16(2);

    /// <summary>The number that fragments of one packet share.</summary>
    public int Identification => UInt16(4);

    /// <summary>Whether routers may not fragment it (DF).</summary>
    public bool DontFragment => (Header[6] & 0x40) != 0;

    /// <summary>Whether further fragments follow (MF).</summary>
    public bool MoreFragments => (Header[6] & 0x20) != 0;

    /// <summary>Where this fragment's data belong, in bytes.</summary>
    public int FragmentOffset => (UInt16(6) & 0x1fff) * 8;

    /// <summary>Whether it is one of several fragments.</summary>
    public bool IsFragment => MoreFragments || FragmentOffset > 0;

    /// <summary>The time to live, in hops.</summary>
    public int TimeToLive => Header[8];

    /// <summary>The number of the protocol that follows; see <see cref="IpProtocol"/>.</summary>
    public byte Protocol => Header[9];

    /// <summary>The header's checksum as it came.</summary>
    public int Checksum => UInt16(10);

    /// <summary>
    /// Whether <see cref="Checksum"/> is right; null where the header was cut. The kernel counts a wrong one as InHdrErrors.
    /// </summary>
    public bool? IsChecksumValid => IsTruncated ? null : Sum() == 0xffff;

    /// <summary>The source's address.</summary>
    public IPAddress SourceAddress => new(Header[12..16]);

    /// <summary>The destination's address.</summary>
    public IPAddress DestinationAddress => new(Header[16..20]);

    /// <summary>The options, up to the first that is malformed or cut.</summary>
    public IReadOnlyList<Ipv4Option> Options => _options ??= Ipv4Option.ReadAll(Part(FixedLength, HeaderLength));

    internal static int MeasuredLength(ReadOnlySpan<byte> header) => (header[0] & 0xf) * 4;

    internal override void Describe(StringBuilder text) => text.Append(SourceAddress).Append(" > ").Append(DestinationAddress);

    private uint Sum()
    {
        uint sum = 0;
        for (int i = 0; i + 1 < HeaderLength; i += 2)
        {
            sum += UInt16(i);
        }

        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return sum;
    }
}
