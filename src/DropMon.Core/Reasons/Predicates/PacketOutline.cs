using System.Buffers.Binary;
using DropMon.Packets;

namespace DropMon.Reasons.Predicates;

/// <summary>Where the headers of a packet lie, as far as its bytes came. What is not there is empty or null.</summary>
internal readonly ref struct PacketOutline
{
    private const ushort OffsetMask = 0x1fff;
    private const ushort MoreFragments = 0x2000;
    private const byte Ipv6Fragment = 44;

    public PacketOutline(ReadOnlySpan<byte> bytes, ushort? etherType)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        switch (LinkLayer.Detect(bytes, etherType))
        {
            case LinkType.Ethernet when bytes.Length >= EthernetHeader.Length:
                Frame = bytes;
                ushort type = BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]);
                ReadOnlySpan<byte> rest = bytes[EthernetHeader.Length..];
                for (int tags = 0; EtherType.IsVlan(type) && tags < LinkDissector.MaximumStack && rest.Length >= VlanTag.Length; tags++)
                {
                    IsTagged = true;
                    type = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                    rest = rest[VlanTag.Length..];
                }

                Ip = type is EtherType.Ipv4 or EtherType.Ipv6 ? rest : default;
                IpVersion = type switch { EtherType.Ipv4 => 4, EtherType.Ipv6 => 6, _ => 0 };
                break;
            case LinkType.Ipv4:
                Ip = bytes;
                IpVersion = 4;
                break;
            case LinkType.Ipv6:
                Ip = bytes;
                IpVersion = 6;
                break;
        }

        if (IpVersion == 4 && Ip.Length >= Ipv4Header.FixedLength && Ip[0] is >= 0x45 and <= 0x4f)
        {
            ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(Ip[6..]);
            int header = (Ip[0] & 0xf) * 4;
            Protocol = Ip[9];
            IsFragment = (fragment & (OffsetMask | MoreFragments)) != 0;
            IpPayloadLength = Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(Ip[2..]) - header);
            Transport = (fragment & OffsetMask) == 0 && Ip.Length > header ? Ip[header..] : default;
        }
        else if (IpVersion == 6 && Ip.Length >= Ipv6Header.Length && Ip[0] >> 4 == 6)
        {
            Protocol = Walk(Ip, out ReadOnlySpan<byte> transport, out bool isFragment);
            IsFragment = isFragment;
            IpPayloadLength = Math.Max(
                0, BinaryPrimitives.ReadUInt16BigEndian(Ip[4..]) - (Ip.Length - transport.Length - Ipv6Header.Length));
            Transport = transport;
        }
        else
        {
            Ip = default;
        }
    }

    /// <summary>The frame from its Ethernet header on; empty where the bytes begin with IP.</summary>
    public ReadOnlySpan<byte> Frame { get; }

    public bool HasFrame => !Frame.IsEmpty;

    public bool IsTagged { get; }

    /// <summary>The packet from a whole IP header on; empty where there is none.</summary>
    public ReadOnlySpan<byte> Ip { get; }

    /// <summary>4, 6, or 0 for another protocol; null without bytes.</summary>
    public int? IpVersion { get; }

    /// <summary>The protocol behind the extension headers.</summary>
    public byte? Protocol { get; }

    public bool IsFragment { get; }

    /// <summary>What follows the IP headers, as far as it came; empty in a fragment other than the first.</summary>
    public ReadOnlySpan<byte> Transport { get; }

    /// <summary>How long that is by the IP header.</summary>
    public int IpPayloadLength { get; }

    private static byte? Walk(ReadOnlySpan<byte> ip, out ReadOnlySpan<byte> transport, out bool isFragment)
    {
        byte protocol = ip[6];
        ReadOnlySpan<byte> rest = ip[Ipv6Header.Length..];
        isFragment = false;
        transport = default;
        for (int count = 0; count < Ipv6Extension.MaximumCount && Ipv6Extension.IsOne(protocol); count++)
        {
            if (rest.Length < Ipv6Extension.FixedLength(protocol))
            {
                return null;
            }

            int length = Ipv6Extension.MeasuredLength(protocol, rest);
            isFragment |= protocol == Ipv6Fragment;
            bool isLater = Ipv6Extension.IsLaterFragment(protocol, rest);
            protocol = rest[0];
            if (isLater || length > rest.Length)
            {
                return protocol;
            }

            rest = rest[length..];
        }

        transport = rest;
        return protocol;
    }
}
