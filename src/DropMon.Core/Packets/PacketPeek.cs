using System.Buffers.Binary;

namespace DropMon.Packets;

/// <summary>
/// What can be said of a packet without an object for it: a filter asks this of every drop. It sees what
/// <see cref="PacketDissector"/> sees, but looks at no more bytes than it must, and allocates nothing.
/// </summary>
internal readonly struct PacketPeek
{
    private PacketPeek(ushort? etherType, byte? protocol)
    {
        EtherType = etherType;
        Protocol = protocol;
    }

    /// <summary>The protocol behind the link-layer header and all VLAN tags.</summary>
    public ushort? EtherType { get; }

    /// <summary>The IP protocol behind all extension headers; null when it is no IP packet or its header did not come whole.</summary>
    public byte? Protocol { get; }

    /// <summary>The transport protocol's name; without one that of the EtherType; null where neither is known.</summary>
    public string? Name => ProtocolName.Of(EtherType, Protocol);

    /// <summary>Looks at a packet.</summary>
    /// <param name="bytes">The bytes from the link-layer header on; may be empty.</param>
    /// <param name="etherType">The kernel's idea of the protocol.</param>
    public static PacketPeek At(ReadOnlySpan<byte> bytes, ushort? etherType) =>
        bytes.IsEmpty ? new PacketPeek(etherType, null) : LinkLayer.Detect(bytes, etherType) switch
        {
            LinkType.Ethernet when bytes.Length >= EthernetHeader.Length => BehindEthernet(bytes),
            LinkType.Ipv4 => Ipv4(bytes),
            LinkType.Ipv6 => Ipv6(bytes),
            _ => new PacketPeek(etherType, null),
        };

    private static PacketPeek BehindEthernet(ReadOnlySpan<byte> bytes)
    {
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]);
        ReadOnlySpan<byte> rest = bytes[EthernetHeader.Length..];
        for (int tags = 0; Packets.EtherType.IsVlan(type) && tags < LinkDissector.MaximumStack && rest.Length >= VlanTag.Length; tags++)
        {
            type = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            rest = rest[VlanTag.Length..];
        }

        return type switch
        {
            < Packets.EtherType.Minimum => new PacketPeek(LinkDissector.LogicalLinkControl, null),
            Packets.EtherType.Ipv4 => Ipv4(rest),
            Packets.EtherType.Ipv6 => Ipv6(rest),
            Packets.EtherType.Mpls or Packets.EtherType.MplsMulticast => BehindMpls(rest, type),
            Packets.EtherType.PppoeSession when rest.Length >= PppoeHeader.Length => BehindPppoe(rest),
            _ => new PacketPeek(type, null),
        };
    }

    private static PacketPeek BehindMpls(ReadOnlySpan<byte> rest, ushort type)
    {
        for (int labels = 0; labels < LinkDissector.MaximumStack && rest.Length >= MplsLabel.Length; labels++)
        {
            bool isBottom = (rest[2] & 1) != 0;
            rest = rest[MplsLabel.Length..];
            if (isBottom)
            {
                return (rest.IsEmpty ? 0 : rest[0] >> 4) switch { 4 => Ipv4(rest), 6 => Ipv6(rest), _ => new PacketPeek(type, null) };
            }
        }

        return new PacketPeek(type, null);
    }

    private static PacketPeek BehindPppoe(ReadOnlySpan<byte> rest) => BinaryPrimitives.ReadUInt16BigEndian(rest[6..]) switch
    {
        LinkDissector.PppIpv4 => Ipv4(rest[PppoeHeader.Length..]),
        LinkDissector.PppIpv6 => Ipv6(rest[PppoeHeader.Length..]),
        _ => new PacketPeek(Packets.EtherType.PppoeSession, null),
    };

    private static PacketPeek Ipv4(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Ipv4Header.FixedLength || bytes[0] is < 0x45 or > 0x4f)
        {
            return new PacketPeek(Packets.EtherType.Ipv4, null);
        }

        byte protocol = bytes[9];
        int length = Ipv4Header.MeasuredLength(bytes);
        bool isFirst = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x1fff) == 0;
        if (protocol == IpProtocol.Authentication && isFirst && length <= bytes.Length)
        {
            protocol = BehindExtensions(bytes[length..], protocol, isIpv6: false);
        }

        return new PacketPeek(Packets.EtherType.Ipv4, protocol);
    }

    private static PacketPeek Ipv6(ReadOnlySpan<byte> bytes) =>
        bytes.Length < Ipv6Header.Length || bytes[0] >> 4 != 6
            ? new PacketPeek(Packets.EtherType.Ipv6, null)
            : new PacketPeek(Packets.EtherType.Ipv6, BehindExtensions(bytes[Ipv6Header.Length..], bytes[6], isIpv6: true));

    private static byte BehindExtensions(ReadOnlySpan<byte> rest, byte protocol, bool isIpv6)
    {
        for (int count = 0; count < Ipv6Extension.MaximumCount; count++)
        {
            bool isExtension = isIpv6 ? Ipv6Extension.IsOne(protocol) : protocol == IpProtocol.Authentication;
            if (!isExtension || rest.Length < Ipv6Extension.FixedLength(protocol))
            {
                break;
            }

            int length = Ipv6Extension.MeasuredLength(protocol, rest);
            bool isLast = Ipv6Extension.IsLaterFragment(protocol, rest) || length > rest.Length;
            protocol = rest[0];
            if (isLast)
            {
                break;
            }

            rest = rest[length..];
        }

        return protocol;
    }
}
