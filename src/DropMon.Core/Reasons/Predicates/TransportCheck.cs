using System.Buffers.Binary;

namespace DropMon.Reasons.Predicates;

/// <summary>
/// Checks length and checksum of a transport header, as far as the bytes allow: of a packet that did not come whole, or of a fragment,
/// nothing is said. A packet that never left this host may hold the sum of its pseudo-header only, for a device to complete
/// (CHECKSUM_PARTIAL): that is right as well.
/// </summary>
internal static class TransportCheck
{
    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte Icmp6 = 58;
    private const int UdpHeaderLength = 8;

    /// <summary>Whether the length that a UDP header names fits the packet.</summary>
    public static Truth Length(in PacketOutline packet)
    {
        if (packet.Protocol != Udp || packet.IsFragment || packet.Ip.IsEmpty)
        {
            return Truth.Unknown;
        }

        if (packet.IpPayloadLength < UdpHeaderLength)
        {
            // An IPv6 jumbogram has no length in its header.
            return packet.IpPayloadLength == 0 && packet.IpVersion == 6 ? Truth.Unknown : Truth.No;
        }

        if (packet.Transport.Length < UdpHeaderLength)
        {
            return Truth.Unknown;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(packet.Transport[4..]);
        return TruthOf.Known(length >= UdpHeaderLength && length <= packet.IpPayloadLength);
    }

    /// <summary>Whether the checksum is right.</summary>
    public static Truth Checksum(in PacketOutline packet)
    {
        if (packet.IsFragment
            || packet.Ip.IsEmpty
            || ChecksumOffset(packet.Protocol) is not { } offset
            || packet.Transport.Length < offset + 2)
        {
            return Truth.Unknown;
        }

        int length = packet.IpPayloadLength;
        ushort stated = BinaryPrimitives.ReadUInt16BigEndian(packet.Transport[offset..]);
        if (packet.Protocol == Udp)
        {
            if (packet.Transport.Length < UdpHeaderLength || Length(in packet) != Truth.Yes)
            {
                return Truth.Unknown;
            }

            length = BinaryPrimitives.ReadUInt16BigEndian(packet.Transport[4..]);
            if (stated == 0)
            {
                // IPv4 allows to leave it out, IPv6 does not, unless the socket says otherwise.
                return packet.IpVersion == 4 ? Truth.Yes : Truth.Unknown;
            }
        }

        if (packet.Transport.Length < length)
        {
            return Truth.Unknown;
        }

        uint pseudo = packet is { Protocol: Icmp, IpVersion: 4 } ? 0 : PseudoHeader(in packet, length);
        return TruthOf.Known(Fold(Sum(packet.Transport[..length]) + pseudo) == 0xffff || (pseudo != 0 && Fold(pseudo) == stated));
    }

    private static int? ChecksumOffset(byte? protocol) => protocol switch { Udp => 6, Tcp => 16, Icmp or Icmp6 => 2, _ => null };

    private static uint PseudoHeader(in PacketOutline packet, int length)
    {
        ReadOnlySpan<byte> addresses = packet.IpVersion == 4 ? packet.Ip.Slice(12, 8) : packet.Ip.Slice(8, 32);
        return Sum(addresses) + packet.Protocol!.Value + (uint)length;
    }

    // RFC 1071. 64 KiB of 0xffff fit into 32 bits.
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        int i = 0;
        for (; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        return i < bytes.Length ? sum + ((uint)bytes[i] << 8) : sum;
    }

    private static ushort Fold(uint sum)
    {
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)sum;
    }
}
