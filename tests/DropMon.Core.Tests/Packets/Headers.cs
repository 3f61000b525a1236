using System.Buffers.Binary;
using System.Net;

namespace DropMon.Tests.Packets;

/// <summary>Builds packets from the inside out: each call puts a header before what it is given.</summary>
internal static class Headers
{
    public static readonly byte[] SourceMac = [0x02, 0, 0, 0, 0, 0x0a];
    public static readonly byte[] DestinationMac = [0x02, 0, 0, 0, 0, 0x0b];

    public static byte[] Bytes(params object[] parts)
    {
        var bytes = new List<byte>();
        foreach (object part in parts)
        {
            switch (part)
            {
                case byte[] array:
                    bytes.AddRange(array);
                    break;
                case byte number:
                    bytes.Add(number);
                    break;
                case ushort number:
                    bytes.AddRange([(byte)(number >> 8), (byte)number]);
                    break;
                case uint number:
                    bytes.AddRange([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
                    break;
                case string address:
                    bytes.AddRange(IPAddress.Parse(address).GetAddressBytes());
                    break;
                default:
                    throw new ArgumentException($"a part of type {part.GetType()}", nameof(parts));
            }
        }

        return bytes.ToArray();
    }

    public static byte[] Letters(int length) => Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26))).ToArray();

    public static byte[] Ethernet(ushort type, byte[] payload) => Bytes(DestinationMac, SourceMac, type, payload);

    public static byte[] Vlan(int id, ushort type, byte[] payload, int priority = 0, bool drop = false) =>
        Bytes((ushort)((priority << 13) | (drop ? 0x1000 : 0) | id), type, payload);

    public static byte[] Mpls(int label, bool bottom, byte[] payload) => Bytes((uint)((label << 12) | (bottom ? 0x100 : 0) | 64), payload);

    public static byte[] Pppoe(int session, ushort protocol, byte[] payload) =>
        Bytes((byte)0x11, (byte)0, (ushort)session, (ushort)(payload.Length + 2), protocol, payload);

    public static byte[] Arp(int operation, string sender, string target) =>
        Bytes(
            (ushort)1, (ushort)0x0800, (byte)6, (byte)4, (ushort)operation, SourceMac, sender, operation == 1
                ? new byte[6]
                : DestinationMac, target);

    public static byte[] Ipv4(
        byte protocol,
        byte[] payload,
        string source = "10.1.1.1",
        string destination = "10.1.1.2",
        byte ttl = 64,
        byte[]? options = null,
        int offset = 0,
        bool more = false,
        int id = 0x1234)
    {
        options ??= [];
        int length = 20 + options.Length;
        int fragment = (offset / 8) | (more ? 0x2000 : 0);
        byte[] packet = Bytes(
            (byte)(0x40 | (length / 4)), (byte)0, (ushort)(length + payload.Length), (ushort)id, (ushort)fragment, ttl, protocol, (ushort)0,
            source, destination, options, payload);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), (ushort)~Sum(packet.AsSpan(0, length)));
        return packet;
    }

    public static byte[] Ipv6(
        byte next, byte[] payload, string source = "2001:db8::1", string destination = "2001:db8::2", byte hopLimit = 64) =>
        Bytes(0x60012345u, (ushort)payload.Length, next, hopLimit, source, destination, payload);

    /// <summary>A hop-by-hop, destination options or routing header: padded to eight bytes.</summary>
    public static byte[] Extension(byte next, byte[] content, byte[] payload)
    {
        int length = (2 + content.Length + 7) / 8 * 8;
        int padding = length - 2 - content.Length;
        byte[] pad = padding == 0 ? [] : padding == 1 ? [0] : [1, (byte)(padding - 2), .. new byte[padding - 2]];
        return Bytes(next, (byte)((length / 8) - 1), content, pad, payload);
    }

    public static byte[] Fragment(byte next, int offset, bool more, byte[] payload, uint id = 0xcafe) =>
        Bytes(next, (byte)0, (ushort)(offset | (more ? 1 : 0)), id, payload);

    public static byte[] Authentication(byte next, byte[] payload) =>
        Bytes(next, (byte)4, (ushort)0, 0x1001u, 7u, new byte[12], payload);

    public static byte[] Udp(int source, int destination, byte[] payload) =>
        Bytes((ushort)source, (ushort)destination, (ushort)(8 + payload.Length), (ushort)0, payload);

    public static byte[] Tcp(
        int source, int destination, uint sequence, uint acknowledgment, int flags, byte[] payload, byte[]? options = null)
    {
        options ??= [];
        return Bytes(
            (ushort)source, (ushort)destination, sequence, acknowledgment, (ushort)(((20 + options.Length) / 4 << 12) | flags),
            (ushort)64240, (ushort)0, (ushort)0, options, payload);
    }

    public static byte[] Icmp(byte type, byte code, uint rest, byte[] payload) => WithSum(Bytes(type, code, (ushort)0, rest, payload));

    public static byte[] Sctp(int source, int destination, params byte[][] chunks) =>
        Bytes((ushort)source, (ushort)destination, 0xabcd1234u, 0u, chunks.SelectMany(c => c).ToArray());

    public static byte[] Gre(ushort type, byte[] payload, uint? key = null, uint? sequence = null) =>
        Bytes(
            (byte)((key is null ? 0 : 0x20) | (sequence is null ? 0 : 0x10)), (byte)0, type, key is { } k
                ? Bytes(k)
                : [], sequence is { } s ? Bytes(s)
                : [], payload);

    public static byte[] Vxlan(int vni, byte[] frame) => Bytes(0x08000000u, (uint)vni << 8, frame);

    public static byte[] Geneve(int vni, ushort type, byte[] options, byte[] payload) =>
        Bytes((byte)(options.Length / 4), (byte)0, type, (uint)vni << 8, options, payload);

    private static byte[] WithSum(byte[] message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)~Sum(message));
        return message;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        }

        return ((sum & 0xffff) + (sum >> 16) + (((sum & 0xffff) + (sum >> 16)) >> 16)) & 0xffff;
    }
}
