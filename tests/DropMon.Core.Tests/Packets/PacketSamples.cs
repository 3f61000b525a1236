using static DropMon.Tests.Packets.Headers;

namespace DropMon.Tests.Packets;

/// <summary>One packet of every kind that is dissected.</summary>
internal static class PacketSamples
{
    private const ushort Ip4 = 0x0800;
    private const ushort Ip6 = 0x86dd;

    private static readonly byte[] SynOptions =
        [2, 4, 5, 0xb4, 4, 2, 8, 10, 0, 0, 0, 100, 0, 0, 0, 0, 1, 3, 3, 7];

    private static readonly byte[] SackOptions = [1, 1, 5, 10, 0, 0, 0, 200, 0, 0, 1, 44];

    private static readonly byte[] SourceLink = Bytes((byte)1, (byte)1, SourceMac);

    private static readonly byte[] TargetLink = Bytes((byte)2, (byte)1, DestinationMac);

    public static IReadOnlyList<PacketSample> All { get; } = [.. Build()];

    public static PacketSample Named(string name) => All.Single(sample => sample.Name == name);

    public static byte[] UdpIpv4(int length = 12) => Ipv4(17, Udp(40000, 9, Letters(length)));

    public static byte[] TcpIpv6() => Ipv6(6, Tcp(40001, 443, 7, 8, 0x18, Letters(20)));

    private static IEnumerable<PacketSample> Build() => [.. Link(), .. Network(), .. Transport(), .. Control(), .. Tunnels()];

    private static IEnumerable<PacketSample> Link()
    {
        yield return new("VLAN", Ethernet(0x8100, Vlan(100, Ip4, UdpIpv4(), priority: 5)), 0x8100);
        yield return new("stacked VLAN", Ethernet(0x88a8, Vlan(200, 0x8100, Vlan(300, Ip6, TcpIpv6()), drop: true)), 0x88a8);
        yield return new("VLAN kept behind the kernel's protocol", Ethernet(0x8100, Vlan(100, Ip4, UdpIpv4())), Ip4);
        yield return new("ARP request", Ethernet(0x0806, Arp(1, "10.1.1.1", "10.1.1.2")), 0x0806);
        yield return new("ARP reply", Ethernet(0x0806, Arp(2, "10.1.1.1", "10.1.1.2")), 0x0806);
        yield return new("padded ARP", Bytes(Ethernet(0x0806, Arp(1, "10.1.1.1", "10.1.1.9")), new byte[18]), 0x0806);
        yield return new("MPLS", Ethernet(0x8847, Mpls(16, false, Mpls(17, true, UdpIpv4()))), 0x8847);
        yield return new("PPPoE", Ethernet(0x8864, Pppoe(17, 0x0021, UdpIpv4())), 0x8864);
        yield return new("PPPoE with IPv6", Ethernet(0x8864, Pppoe(17, 0x0057, TcpIpv6())), 0x8864);
        yield return new("802.3", Ethernet(7, [0x42, 0x42, 3, 0, 0, 0, 0, .. new byte[39]]), 0x0004);
        yield return new("unknown EtherType", Ethernet(0x88cc, [2, 7, 4, 2, 0, 0, 0, 0, 1, 0, 0]), 0x88cc);
    }

    private static IEnumerable<PacketSample> Network()
    {
        yield return new(
            "IPv4 options",
            Ethernet(
                Ip4,
                Ipv4(2, Bytes((byte)0x16, (byte)0, (ushort)0, "224.0.0.251"), destination: "224.0.0.251", ttl: 1, options: [148, 4, 0, 0])),
            Ip4);
        yield return new("IPv4 first fragment", Ethernet(Ip4, Ipv4(17, Udp(40000, 9, Letters(3000))[..1480], more: true)), Ip4);
        yield return new("IPv4 last fragment", Ethernet(Ip4, Ipv4(17, Letters(500), offset: 1480)), Ip4);
        yield return new("IPv4 without Ethernet", UdpIpv4(), Ip4, IsEthernet: false);
        yield return new(
            "IPv4 without Ethernet from 8.0.64.1", Ipv4(17, Udp(1, 2, Letters(4)), source: "8.0.64.1"), Ip4, IsEthernet: false);
        yield return new("IPv6 without Ethernet", TcpIpv6(), Ip6, IsEthernet: false);
        yield return new(
            "IPv6 hop-by-hop",
            Ethernet(Ip6, Ipv6(0, Extension(58, [5, 2, 0, 0], Icmp(131, 0, 0, Bytes("ff02::fb"))), destination: "ff02::fb", hopLimit: 1)),
            Ip6);
        yield return new(
            "IPv6 destination options and routing",
            Ethernet(Ip6, Ipv6(60, Extension(43, [], Extension(17, Bytes((byte)4, (byte)0, 0u, "2001:db8::9"), Udp(5, 6, Letters(3)))))),
            Ip6);
        yield return new("IPv6 first fragment", Ethernet(Ip6, Ipv6(44, Fragment(17, 0, true, Udp(40000, 9, Letters(3000))[..1448]))), Ip6);
        yield return new("IPv6 later fragment", Ethernet(Ip6, Ipv6(44, Fragment(17, 1448, false, Letters(300)))), Ip6);
        yield return new("IPv6 atomic fragment", Ethernet(Ip6, Ipv6(44, Fragment(17, 0, false, Udp(40000, 9, Letters(30))))), Ip6);
        yield return new("IPv6 authentication header", Ethernet(Ip6, Ipv6(51, Authentication(6, Tcp(1, 2, 3, 4, 0x10, [])))), Ip6);
        yield return new("IPv4 authentication header", Ethernet(Ip4, Ipv4(51, Authentication(17, Udp(1, 2, Letters(2))))), Ip4);
        yield return new(
            "IPv6 mobility",
            Ethernet(
                Ip6,
                Ipv6(
                    135,
                    Bytes(
                        (byte)59, (byte)1, (byte)5, (byte)0, (ushort)0, (ushort)9, (ushort)0x8000, (ushort)60, (byte)1, (byte)2,
                        (ushort)0))),
            Ip6);
        yield return new("ESP", Ethernet(Ip4, Ipv4(50, Bytes(0xc0ffee01u, 42u, Letters(40)))), Ip4);
        yield return new("OSPF", Ethernet(Ip4, Ipv4(89, new byte[24])), Ip4);
    }

    private static IEnumerable<PacketSample> Transport()
    {
        yield return new("UDP", Ethernet(Ip4, UdpIpv4()), Ip4);
        yield return new("empty UDP", Ethernet(Ip4, UdpIpv4(0)), Ip4);
        yield return new("padded UDP", Bytes(Ethernet(Ip4, UdpIpv4(2)), new byte[16]), Ip4);
        yield return new("UDP over IPv6", Ethernet(Ip6, Ipv6(17, Udp(546, 547, Letters(5)), "fe80::1", "ff02::1:2")), Ip6);
        yield return new("TCP SYN", Ethernet(Ip4, Ipv4(6, Tcp(40000, 80, 1, 0, 0x02, [], SynOptions))), Ip4);
        yield return new("TCP SACK", Ethernet(Ip4, Ipv4(6, Tcp(80, 40000, 100, 200, 0x10, [], SackOptions))), Ip4);
        yield return new("TCP data", Ethernet(Ip6, TcpIpv6()), Ip6);
        yield return new("TCP reset", Ethernet(Ip4, Ipv4(6, Tcp(80, 40000, 0, 2, 0x14, []))), Ip4);
        yield return new("TCP with every flag", Ethernet(Ip4, Ipv4(6, Tcp(80, 40000, 9, 2, 0x1ff, Letters(1)))), Ip4);
        yield return new(
            "SCTP",
            Ethernet(Ip4, Ipv4(132, Sctp(2905, 2906, [3, 0, 0, 16, .. new byte[12]], [0, 3, 0, 20, .. new byte[12], .. Letters(4)]))), Ip4);
    }

    private static IEnumerable<PacketSample> Control()
    {
        byte[] quote = Ipv4(17, Udp(40000, 9, Letters(200)), "10.1.1.2", "10.1.1.1");
        yield return new("ICMP echo", Ethernet(Ip4, Ipv4(1, Icmp(8, 0, 0x00110002, Letters(56)))), Ip4);
        yield return new("ICMP port unreachable", Ethernet(Ip4, Ipv4(1, Icmp(3, 3, 0, quote[..28]))), Ip4);
        yield return new(
            "ICMP time exceeded quoting TCP's first 8 bytes",
            Ethernet(Ip4, Ipv4(1, Icmp(11, 0, 0, Ipv4(6, Tcp(40000, 80, 77, 0, 2, []), "10.1.1.2", "10.9.9.9")[..28]))), Ip4);
        yield return new("ICMP fragmentation needed", Ethernet(Ip4, Ipv4(1, Icmp(3, 4, 1400, quote))), Ip4);
        yield return new("ICMP redirect", Ethernet(Ip4, Ipv4(1, Icmp(5, 1, 0x0a0101fe, quote[..28]))), Ip4);
        yield return new(
            "ICMP with extensions",
            Ethernet(Ip4, Ipv4(1, Icmp(11, 0, 0x00200000, Bytes(quote[..128], 0x20000000u, (ushort)8, (byte)1, (byte)1, 0x00010140u)))),
            Ip4);
        yield return new("ICMPv6 echo", Ethernet(Ip6, Ipv6(58, Icmp(128, 0, 0x00110002, Letters(16)))), Ip6);
        yield return new(
            "ICMPv6 packet too big", Ethernet(Ip6, Ipv6(58, Icmp(2, 0, 1280, Ipv6(17, Udp(1000, 2000, Letters(1400)))[..1100]))), Ip6);
        yield return new(
            "neighbor solicitation",
            Ethernet(Ip6, Ipv6(58, Icmp(135, 0, 0, Bytes("fe80::2", SourceLink)), "fe80::1", "ff02::1:ff00:2", 255)), Ip6);
        yield return new(
            "neighbor advertisement",
            Ethernet(Ip6, Ipv6(58, Icmp(136, 0, 0x60000000, Bytes("fe80::2", TargetLink)), "fe80::2", "fe80::1", 255)), Ip6);
        yield return new("router solicitation", Ethernet(Ip6, Ipv6(58, Icmp(133, 0, 0, SourceLink), "fe80::1", "ff02::2", 255)), Ip6);
        yield return new(
            "router advertisement",
            Ethernet(
                Ip6,
                Ipv6(
                    58, Icmp(134, 0, 0x40000708, Bytes(0u, 0u, SourceLink, (byte)5, (byte)1, (ushort)0, 1500u)), "fe80::1", "ff02::1",
                    255)),
            Ip6);
        yield return new(
            "ICMPv6 redirect",
            Ethernet(Ip6, Ipv6(58, Icmp(137, 0, 0, Bytes("fe80::9", "2001:db8::9", TargetLink)), "fe80::1", "2001:db8::1", 255)), Ip6);
        yield return new(
            "IGMP v3 report",
            Ethernet(
                Ip4,
                Ipv4(
                    2, Bytes((byte)0x22, (byte)0, (ushort)0, 1u, (byte)4, (byte)0, (ushort)0, "239.1.2.3"), destination: "224.0.0.22",
                    ttl: 1)),
            Ip4);
    }

    private static IEnumerable<PacketSample> Tunnels()
    {
        byte[] frame = Ethernet(Ip4, Ipv4(17, Udp(7, 8, Letters(6)), "192.168.7.1", "192.168.7.2"));
        yield return new("VXLAN", Ethernet(Ip4, Ipv4(17, Udp(50000, 4789, Vxlan(42, frame)))), Ip4);
        yield return new("VXLAN on Linux's port over IPv6", Ethernet(Ip6, Ipv6(17, Udp(50000, 8472, Vxlan(16777215, frame)))), Ip6);
        yield return new(
            "VXLAN of a tagged frame", Ethernet(Ip4, Ipv4(17, Udp(50000, 4789, Vxlan(1, Ethernet(0x8100, Vlan(9, Ip6, TcpIpv6())))))), Ip4);
        yield return new("GENEVE", Ethernet(Ip4, Ipv4(17, Udp(50000, 6081, Geneve(77, 0x6558, [1, 2, 3, 1, 0, 0, 0, 5], frame)))), Ip4);
        yield return new("GENEVE of bare IPv6", Ethernet(Ip4, Ipv4(17, Udp(50000, 6081, Geneve(78, Ip6, [], TcpIpv6())))), Ip4);
        yield return new(
            "GRE", Ethernet(Ip4, Ipv4(47, Gre(Ip4, Ipv4(1, Icmp(8, 0, 0x00010001, Letters(8)), "192.168.1.1", "192.168.1.2")))), Ip4);
        yield return new("GRE with key and sequence", Ethernet(Ip4, Ipv4(47, Gre(0x6558, frame, key: 1234, sequence: 99))), Ip4);
        yield return new("IPv4 in IPv4", Ethernet(Ip4, Ipv4(4, Ipv4(17, Udp(3, 4, Letters(5)), "192.168.1.1", "192.168.1.2"))), Ip4);
        yield return new("IPv6 in IPv4", Ethernet(Ip4, Ipv4(41, TcpIpv6())), Ip4);
        yield return new("IPv6 in IPv4 as the kernel has it after decapsulation", Ipv4(41, TcpIpv6()), Ip6, IsEthernet: false);
        yield return new("IPv4 in IPv6", Ethernet(Ip6, Ipv6(4, UdpIpv4())), Ip6);
        yield return new("tunnel in a tunnel", Ethernet(Ip4, Ipv4(47, Gre(Ip6, Ipv6(17, Udp(9, 4789, Vxlan(5, frame)))))), Ip4);
    }
}
