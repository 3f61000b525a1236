using System.Buffers.Binary;
using DropMon.Reasons.Predicates;
using DropMon.Tests.Packets;

namespace DropMon.Tests.Reasons.Predicates;

/// <summary>Frames to ask predicates of, and the asking.</summary>
internal static class PredicatePackets
{
    public const ushort Ipv4Type = 0x0800;
    public const ushort Ipv6Type = 0x86dd;

    public static readonly byte[] Broadcast = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    /// <summary>Asks one condition of a packet.</summary>
    public static Truth Ask(string condition, byte[]? bytes, ushort? etherType = null, DropDevice? device = null) =>
        DropPredicate.Parse(condition).Ask(new DropFacts(bytes, etherType, device));

    public static byte[] UdpFrame(string destination, byte[]? hardware = null, string source = "10.1.1.1", Action<byte[]>? spoil = null)
    {
        byte[] datagram = Headers.Udp(1000, 2000, Headers.Letters(20));
        bool isIpv6 = destination.Contains(':', StringComparison.Ordinal);
        byte[] packet = isIpv6
            ? Headers.Ipv6(17, datagram, source.Contains(':', StringComparison.Ordinal) ? source : "fe80::1", destination)
            : Headers.Ipv4(17, datagram, source, destination);
        int transport = isIpv6 ? 40 : 20;
        Complete(packet, isIpv6 ? packet.AsSpan(8, 32) : packet.AsSpan(12, 8), transport, 17);
        spoil?.Invoke(packet);
        return
        [
            .. hardware ?? Headers.DestinationMac, .. Headers.SourceMac, .. isIpv6 ? new byte[] { 0x86, 0xdd } : [0x08, 0x00], .. packet
        ];
    }

    private static void Complete(byte[] packet, ReadOnlySpan<byte> addresses, int transport, byte protocol)
    {
        uint sum = protocol + (uint)(packet.Length - transport);
        foreach (byte[] part in new[] { addresses.ToArray(), packet[transport..] })
        {
            for (int i = 0; i < part.Length; i += 2)
            {
                sum += (uint)(part[i] << 8 | (i + 1 < part.Length ? part[i + 1] : 0));
            }
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(transport + 6), (ushort)~sum);
    }
}
