using DropMon.KernelTests.Causes;

namespace DropMon.KernelTests.Traffic;

/// <summary>Packets of many kinds that a receiver drops, each once: what filters tell apart, and what they must not mistake.</summary>
internal static class FilterTraffic
{
    private const int Closed = 9;

    /// <summary>Sends them; the answer is how many drops there are at least.</summary>
    public static int Send(NamespacePair pair)
    {
        byte[][] frames = [.. Frames4(), .. Frames6(), .. Others()];
        foreach (byte[] frame in frames)
        {
            pair.Send(frame);
        }

        return frames.Length;
    }

    private static IEnumerable<byte[]> Frames4()
    {
        foreach (int port in (int[])[Closed, 53, 8, 150, 65535])
        {
            yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(port)));
            yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(port), source: "10.77.0.3"));
        }

        yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(Closed, badChecksum: true)));
        yield return Ip4(Frames.Ipv4(Frames.Tcp, Frames.Segment(40000, 53, flags: 16, badChecksum: true)));
        yield return Ip4(Frames.Ipv4(253, new byte[24]));
        yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(Closed, size: 0)));
        yield return Ip4(WithOptions());

        // Not to this host, and a wrong version.
        yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(Closed), destination: "192.0.2.1"));
        yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(Closed), spoil: header => header[0] = 0x55));
        yield return Ip4(Frames.Ipv4(Frames.Udp, Frames.Datagram(Closed), source: "129.0.0.1"));
    }

    private static IEnumerable<byte[]> Frames6()
    {
        foreach (int port in (int[])[Closed, 53, 8])
        {
            yield return Ip6(Frames.Ipv6(Frames.Udp, Datagram6(port)));
        }

        // Options for the destination before the datagram: pad to 8 bytes.
        byte[] options = [Frames.Udp, 0, 1, 4, 0, 0, 0, 0, .. Datagram6(Closed)];
        yield return Ip6(Frames.Ipv6(60, options));
        yield return Ip6(Frames.Ipv6(Frames.Udp, Datagram6(Closed), destination: "fd78::9"));
    }

    private static IEnumerable<byte[]> Others()
    {
        yield return Frames.Ethernet(0x88b5, new byte[46]);
        yield return Frames.Ethernet(0x88b6, new byte[46]);
        // A tag of a VLAN that there is no device for.
        yield return Frames.Ethernet(0x8100, [0, 7, 8, 0, .. Frames.Ipv4(Frames.Udp, Frames.Datagram(Closed))]);
    }

    private static byte[] Datagram6(int port) => Frames.Datagram(
        port, source: NamespacePair.SenderAddress6, destination: NamespacePair.ReceiverAddress6);

    // Four options that do nothing.
    private static byte[] WithOptions()
    {
        byte[] packet = Frames.Ipv4(Frames.Udp, [1, 1, 1, 1, .. Frames.Datagram(Closed)], spoil: header => header[0] = 0x46);
        // The checksum of the longer header: the options add 0x0101 twice.
        int sum = packet[10] << 8 | packet[11];
        sum -= 0x0202;
        packet[10] = (byte)(sum >> 8);
        packet[11] = (byte)sum;
        return packet;
    }

    private static byte[] Ip4(byte[] packet) => Frames.Ethernet(Frames.Ipv4Type, packet);

    private static byte[] Ip6(byte[] packet) => Frames.Ethernet(Frames.Ipv6Type, packet);
}
