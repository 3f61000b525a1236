using System.Buffers.Binary;

namespace DropMon.Packets;

/// <summary>
/// What can be said of a packet without an object for it: a filter asks this of every drop. It sees what
/// <see cref="PacketDissector"/> sees, but looks at no more bytes than it must, and allocates nothing.
/// </summary>
internal readonly struct PacketPeek
{
    private const int PortsLength = 4;

    // Counted from the end: the functions below see only what is left of the packet.
    private readonly int _networkLength;
    private readonly int _portsLength;

    private PacketPeek(ushort? etherType, byte? protocol, int networkLength = 0, int portsLength = 0)
    {
        EtherType = etherType;
        Protocol = protocol;
        _networkLength = networkLength;
        _portsLength = portsLength;
    }

    /// <summary>The protocol behind the link-layer header and all VLAN tags.</summary>
    public ushort? EtherType { get; }

    /// <summary>The IP protocol behind all extension headers; null when it is no IP packet or its header did not come whole.</summary>
    public byte? Protocol { get; }

    /// <summary>The transport protocol's name; without one that of the EtherType; null where neither is known.</summary>
    public string? Name => ProtocolName.Of(EtherType, Protocol);

    /// <summary>The address of the source, 4 or 16 bytes; in ARP that of the sender; empty where there is none.</summary>
    /// <param name="bytes">The bytes that <see cref="At"/> looked at.</param>
    public ReadOnlySpan<byte> SourceAddress(ReadOnlySpan<byte> bytes) => Address(bytes, isSource: true);

    /// <summary>The address of the destination; in ARP that of the target.</summary>
    /// <param name="bytes">The bytes that <see cref="At"/> looked at.</param>
    public ReadOnlySpan<byte> DestinationAddress(ReadOnlySpan<byte> bytes) => Address(bytes, isSource: false);

    /// <summary>Reads the ports of TCP, UDP or SCTP; false where the packet has none or they did not come.</summary>
    public bool TryReadPorts(ReadOnlySpan<byte> bytes, out ushort source, out ushort destination)
    {
        source = destination = 0;
        if (_portsLength < PortsLength)
        {
            return false;
        }

        ReadOnlySpan<byte> ports = bytes[^_portsLength..];
        source = BinaryPrimitives.ReadUInt16BigEndian(ports);
        destination = BinaryPrimitives.ReadUInt16BigEndian(ports[2..]);
        return true;
    }

    /// <summary>Whether packets of a transport protocol begin with ports.</summary>
    public static bool HasPorts(byte protocol) => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp;

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
            Packets.EtherType.Arp => new PacketPeek(type, null, rest.Length),
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
        if (!isFirst || length > bytes.Length)
        {
            return new PacketPeek(Packets.EtherType.Ipv4, protocol, bytes.Length);
        }

        ReadOnlySpan<byte> rest = bytes[length..];
        bool isTransport = true;
        if (protocol == IpProtocol.Authentication)
        {
            protocol = BehindExtensions(ref rest, protocol, isIpv6: false, out isTransport);
        }

        // 0 in a segment above 65535 bytes, and nonsense where it is less than the header.
        int total = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        int behind = total >= length ? Math.Max(0, bytes.Length - total) : 0;
        return new PacketPeek(Packets.EtherType.Ipv4, protocol, bytes.Length, isTransport ? Ports(rest, protocol, behind) : 0);
    }

    private static PacketPeek Ipv6(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Ipv6Header.Length || bytes[0] >> 4 != 6)
        {
            return new PacketPeek(Packets.EtherType.Ipv6, null);
        }

        ReadOnlySpan<byte> rest = bytes[Ipv6Header.Length..];
        byte protocol = BehindExtensions(ref rest, bytes[6], isIpv6: true, out bool isTransport);
        int payload = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        // 0 in a jumbogram.
        int behind = payload == 0 ? 0 : Math.Max(0, bytes.Length - Ipv6Header.Length - payload);
        return new PacketPeek(Packets.EtherType.Ipv6, protocol, bytes.Length, isTransport ? Ports(rest, protocol, behind) : 0);
    }

    // What lies behind the length that the IP header gives is padding.
    private static int Ports(ReadOnlySpan<byte> transport, byte protocol, int behind) =>
        HasPorts(protocol) && transport.Length - behind >= PortsLength ? transport.Length : 0;

    private static byte BehindExtensions(ref ReadOnlySpan<byte> rest, byte protocol, bool isIpv6, out bool isTransport)
    {
        isTransport = false;
        for (int count = 0; ; count++)
        {
            bool isExtension = isIpv6 ? Ipv6Extension.IsOne(protocol) : protocol == IpProtocol.Authentication;
            if (!isExtension)
            {
                isTransport = true;
                return protocol;
            }

            if (count == Ipv6Extension.MaximumCount || rest.Length < Ipv6Extension.FixedLength(protocol))
            {
                return protocol;
            }

            int length = Ipv6Extension.MeasuredLength(protocol, rest);
            bool isLast = Ipv6Extension.IsLaterFragment(protocol, rest) || length > rest.Length;
            protocol = rest[0];
            if (isLast)
            {
                return protocol;
            }

            rest = rest[length..];
        }
    }

    private ReadOnlySpan<byte> Address(ReadOnlySpan<byte> bytes, bool isSource)
    {
        if (_networkLength == 0)
        {
            return default;
        }

        ReadOnlySpan<byte> header = bytes[^_networkLength..];
        return EtherType switch
        {
            Packets.EtherType.Ipv4 => header.Slice(isSource ? 12 : 16, 4),
            Packets.EtherType.Ipv6 => header.Slice(isSource ? 8 : 24, 16),
            _ => ArpAddress(header, isSource),
        };
    }

    private static ReadOnlySpan<byte> ArpAddress(ReadOnlySpan<byte> header, bool isSource)
    {
        if (header.Length < ArpMessage.FixedLength
            || BinaryPrimitives.ReadUInt16BigEndian(header[2..]) != Packets.EtherType.Ipv4 || header[5] != 4)
        {
            return default;
        }

        int hardware = header[4];
        int offset = ArpMessage.FixedLength + (isSource ? hardware : (2 * hardware) + 4);
        return header.Length >= offset + 4 ? header.Slice(offset, 4) : default;
    }
}
