using System.Buffers.Binary;
using System.Net;

namespace DropMon.KernelTests.Causes;

/// <summary>Frames from the sender to the receiver, right in everything that is not asked to be wrong.</summary>
internal static class Frames
{
    public const ushort Ipv4Type = 0x0800;
    public const ushort Ipv6Type = 0x86dd;
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Icmp6 = 58;
    public const int Ipv4HeaderSize = 20;
    public const int EthernetSize = 14;

    private static readonly byte[] SenderHardware = [2, 0, 0, 0, 0, 0x0a];
    private static readonly byte[] ReceiverHardware = [2, 0, 0, 0, 0, 0x0b];

    public static byte[] Ethernet(ushort type, byte[] payload, byte[]? destination = null)
    {
        byte[] frame = new byte[EthernetSize + payload.Length];
        (destination ?? ReceiverHardware).CopyTo(frame, 0);
        SenderHardware.CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), type);
        payload.CopyTo(frame, EthernetSize);
        return frame;
    }

    /// <summary>An IPv4 packet.</summary>
    /// <param name="protocol">The transport protocol.</param>
    /// <param name="payload">What follows the header.</param>
    /// <param name="source">Where it says that it comes from.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="ttl">Its time to live.</param>
    /// <param name="fragment">The field of flags and fragment offset.</param>
    /// <param name="identification">By which fragments are put together.</param>
    /// <param name="spoil">Changes the header before its checksum is made.</param>
    public static byte[] Ipv4(
        byte protocol, byte[] payload, string source = NamespacePair.SenderAddress, string destination = NamespacePair.ReceiverAddress,
            byte ttl = 64, ushort fragment = 0,
        ushort identification = 1, Action<byte[]>? spoil = null)
    {
        byte[] packet = new byte[Ipv4HeaderSize + payload.Length];
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), identification);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        packet[8] = ttl;
        packet[9] = protocol;
        IPAddress.Parse(source).GetAddressBytes().CopyTo(packet, 12);
        IPAddress.Parse(destination).GetAddressBytes().CopyTo(packet, 16);
        spoil?.Invoke(packet);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, Ipv4HeaderSize), 0));
        payload.CopyTo(packet, Ipv4HeaderSize);
        return packet;
    }

    public static byte[] Ipv6(
        byte nextHeader, byte[] payload, string source = NamespacePair.SenderAddress6, string destination = NamespacePair.ReceiverAddress6,
            byte hopLimit = 64, int? length = null)
    {
        byte[] packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)(length ?? payload.Length));
        packet[6] = nextHeader;
        packet[7] = hopLimit;
        IPAddress.Parse(source).GetAddressBytes().CopyTo(packet, 8);
        IPAddress.Parse(destination).GetAddressBytes().CopyTo(packet, 24);
        payload.CopyTo(packet, 40);
        return packet;
    }

    /// <summary>A UDP datagram.</summary>
    /// <param name="port">The port to send to.</param>
    /// <param name="size">How many bytes it carries.</param>
    /// <param name="badChecksum">Whether its checksum is wrong.</param>
    /// <param name="length">What its length field says; null for the truth.</param>
    /// <param name="source">For the checksum.</param>
    /// <param name="destination">For the checksum.</param>
    public static byte[] Datagram(
        int port, int size = 20, bool badChecksum = false, ushort? length = null, string source = NamespacePair.SenderAddress,
            string destination = NamespacePair.ReceiverAddress)
    {
        byte[] datagram = new byte[8 + size];
        BinaryPrimitives.WriteUInt16BigEndian(datagram, 40000);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), length ?? (ushort)datagram.Length);
        ushort checksum = Checksum(datagram, PseudoHeader(source, destination, Udp, datagram.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), badChecksum ? (ushort)(checksum ^ 0x5555) : checksum);
        return datagram;
    }

    /// <summary>A TCP segment without data.</summary>
    /// <param name="sourcePort">The port it comes from.</param>
    /// <param name="port">The port to send to.</param>
    /// <param name="flags">FIN 1, SYN 2, RST 4, PSH 8, ACK 16.</param>
    /// <param name="words">The header's length in words of 32 bits.</param>
    /// <param name="badChecksum">Whether its checksum is wrong.</param>
    public static byte[] Segment(int sourcePort, int port, byte flags, byte words = 5, bool badChecksum = false)
    {
        byte[] segment = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 1000);
        segment[12] = (byte)(words << 4);
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 1024);
        ushort checksum = Checksum(segment, PseudoHeader(NamespacePair.SenderAddress, NamespacePair.ReceiverAddress, Tcp, segment.Length));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), badChecksum ? (ushort)(checksum ^ 0x5555) : checksum);
        return segment;
    }

    /// <summary>An ICMP message of 28 bytes.</summary>
    public static byte[] IcmpMessage(byte type, bool badChecksum = false)
    {
        byte[] message = new byte[28];
        message[0] = type;
        ushort checksum = Checksum(message, 0);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), badChecksum ? (ushort)(checksum ^ 0x5555) : checksum);
        return message;
    }

    public static byte[] Icmp6Message(byte type, bool badChecksum)
    {
        byte[] message = new byte[28];
        message[0] = type;
        ushort checksum = Checksum(message, PseudoHeader(
            NamespacePair.SenderAddress6, NamespacePair.ReceiverAddress6, Icmp6, message.Length));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), badChecksum ? (ushort)(checksum ^ 0x5555) : checksum);
        return message;
    }

    private static uint PseudoHeader(string source, string destination, byte protocol, int length)
    {
        uint sum = protocol + (uint)length;
        foreach (byte[] address in new[] { IPAddress.Parse(source).GetAddressBytes(), IPAddress.Parse(destination).GetAddressBytes() })
        {
            for (int i = 0; i < address.Length; i += 2)
            {
                sum += BinaryPrimitives.ReadUInt16BigEndian(address.AsSpan(i));
            }
        }

        return sum;
    }

    // RFC 1071.
    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (int i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        if (bytes.Length % 2 == 1)
        {
            sum += (uint)bytes[^1] << 8;
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
