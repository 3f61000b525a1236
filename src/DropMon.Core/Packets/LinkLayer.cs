using System.Buffers.Binary;

namespace DropMon.Packets;

/// <summary>
/// Tells what a packet begins with. The kernel gives its protocol (skb->protocol) but not the device's type: packets of
/// Ethernet devices and of loopback begin with an Ethernet header, those of tun, ipip or wireguard with an IP header.
/// </summary>
internal static class LinkLayer
{
    public const int EthernetLength = 14;

    private const int TypeOffset = 12;

    // ETH_P_802_3 and ETH_P_802_2: what the kernel calls a frame whose type field is a length.
    private const ushort Frame8023 = 0x0001;
    private const ushort Frame8022 = 0x0004;

    /// <summary>Decides by the bytes and the kernel's protocol.</summary>
    public static LinkType Detect(ReadOnlySpan<byte> bytes, ushort? etherType)
    {
        if (bytes.Length < EthernetLength)
        {
            return DetectShort(bytes, etherType);
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes[TypeOffset..]);
        ReadOnlySpan<byte> payload = bytes[EthernetLength..];
        LinkType raw = RawIp(bytes);
        bool agrees = etherType is { } expected ? Agrees(type, expected, payload) : EtherType.IsKnown(type);
        if (agrees && BeginsLike(type, payload))
        {
            // 8.0.64.1 and its neighbours as the source of a bare IPv4 packet look like an EtherType and a header. But a
            // frame to 45:... would go to an unassigned multicast address.
            return raw == LinkType.Ipv4 && bytes[0] == 0x45 ? LinkType.Ipv4 : LinkType.Ethernet;
        }

        if ((raw == LinkType.Ipv4 && etherType == EtherType.Ipv4) || (raw == LinkType.Ipv6 && etherType == EtherType.Ipv6))
        {
            return raw;
        }

        if (EtherType.IsKnown(type) && BeginsLike(type, payload))
        {
            return LinkType.Ethernet;
        }

        // A tunnel's packet may still begin with the outer header when skb->protocol is the inner one's.
        if (raw != LinkType.Unknown && etherType is EtherType.Ipv4 or EtherType.Ipv6 or null)
        {
            return raw;
        }

        return agrees || etherType is null ? LinkType.Ethernet : LinkType.Unknown;
    }

    private static LinkType DetectShort(ReadOnlySpan<byte> bytes, ushort? etherType) =>
        (bytes.IsEmpty ? 0 : bytes[0] >> 4, etherType) switch
        {
            // Too short to tell: a MAC address that begins with 45 or 60 00 is the less likely of the two.
            (4, EtherType.Ipv4) when bytes[0] == 0x45 => LinkType.Ipv4,
            (6, EtherType.Ipv6) when bytes.Length > 1 && bytes[0] == 0x60 && bytes[1] == 0 => LinkType.Ipv6,
            _ => LinkType.Ethernet,
        };

    private static bool Agrees(ushort type, ushort expected, ReadOnlySpan<byte> payload) =>
        type == expected
        || (type < EtherType.Minimum && expected is Frame8022 or Frame8023)
        // A VLAN device may keep the tag in the bytes when the kernel has looked behind it (reorder_hdr off).
        || (EtherType.IsVlan(type) && payload.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) == expected);

    private static bool BeginsLike(ushort type, ReadOnlySpan<byte> payload) => type switch
    {
        EtherType.Ipv4 => payload.IsEmpty || payload[0] is >= 0x45 and <= 0x4f,
        EtherType.Ipv6 => payload.IsEmpty || payload[0] >> 4 == 6,
        _ => true,
    };

    private static LinkType RawIp(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        >= 0x45 and <= 0x4f => LinkType.Ipv4,
        >= 0x60 and <= 0x6f => LinkType.Ipv6,
        _ => LinkType.Unknown,
    };
}
