using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What IPv4 drops on input, while forwarding, and on output.</summary>
internal static class Ipv4Causes
{
    private const ushort VlanType = 0x8100; // 802.1Q
    private const byte UnassignedProtocol = 253; // RFC 3692: for experiments
    private const ushort MoreFragments = 0x2000;
    private const ushort DontFragment = 0x4000;

    private static readonly string[] Input = ["ip_rcv_core*", "ip_rcv", "ip_list_rcv", "ip_sublist_rcv*"];
    private static readonly string[] Routing = ["ip_rcv_finish*", "ip_rcv", "ip_sublist_rcv*", "ip_list_rcv*"];

    public static IEnumerable<DropCause> All =>
    [
        new("an IP header with a wrong checksum", DropClass.Ipv4, Input)
        {
            Reason = "IP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true, Counters = ["IpExt.InCsumErrors", "Ip.InHdrErrors"],
            Provoke = (pair, count) => pair.Send(count, _ => Spoilt(packet => packet[10] ^= 0x55)),
        },
        new("an IP header shorter than can be", DropClass.Ipv4, Input)
        {
            Reason = "IP_INHDR", Type = "InHdrErrors", TypeNeedsReason = true, Counters = ["Ip.InHdrErrors"],
            Provoke = (pair, count) => pair.Send(count, _ => Spoilt(packet => packet[0] = 0x44)),
        },
        new("an IP packet shorter than it says", DropClass.Ipv4, Input)
        {
            Reason = "PKT_TOO_SMALL", Type = "InTruncatedPkts", TypeNeedsReason = true, Counters = ["IpExt.InTruncatedPkts"],
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9), spoil: packet => packet[2] = 4))),
        },
        new("a frame for another host", DropClass.Ipv4, Input)
        {
            Reason = "OTHERHOST", Type = "rx_otherhost_dropped", TypeNeedsReason = true, Significance = DropSignificance.Expected,
                SignificanceWithoutReason = DropSignificance.Suspicious, Counters = ["Device.rx_otherhost_dropped"],
                    CountersSince = new Version(6, 1),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9)), [2, 0, 0, 0, 0, 0x77])),
        },
        new("a frame with a VLAN tag for which there is no device", DropClass.Ipv4, Input)
        {
            Reason = "OTHERHOST", Type = "rx_otherhost_dropped", TypeNeedsReason = true, Significance = DropSignificance.Expected,
                SignificanceWithoutReason = DropSignificance.Suspicious,
            Says = "VLAN", Counters = ["Device.rx_otherhost_dropped"], CountersSince = new Version(6, 1),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(VlanType, [0, 100, 8, 0, .. Ipv4(Udp, Datagram(9))])),
        },
        new("multicast of a group that nobody here joined", DropClass.Ipv4, Routing)
        {
            Reason = "NOT_SPECIFIED", Significance = DropSignificance.Expected, Says = "multicast",
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "239.2.2.2"), destination: "239.2.2.2"), [1, 0, 0x5e, 2, 2, 2])),
        },
        new("multicast of the link that nobody here joined", DropClass.Ipv4, Routing)
        {
            Reason = "NOT_SPECIFIED", Significance = DropSignificance.Expected, Says = "multicast",
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "224.0.0.252"), destination: "224.0.0.252"),
                    [1, 0, 0x5e, 0, 0, 252])),
        },
        new("a broadcast of another network on the same link", DropClass.Ipv4, "ip_error")
        {
            Reason = "IP_INADDRERRORS", Type = "InAddrErrors", TypeNeedsReason = true, Counters = ["Ip.InAddrErrors"],
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "198.51.100.255"), destination: "198.51.100.255"),
                    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
        },
        new("a transport protocol that nobody handles", DropClass.Ipv4, "ip_protocol_deliver_rcu*", "ip_local_deliver_finish*")
        {
            Reason = "IP_NOPROTO", Type = "InUnknownProtos", TypeNeedsReason = true, Counters = ["Ip.InUnknownProtos"],
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(UnassignedProtocol, new byte[20]))),
        },
        new("a source address that does not lead back (reverse path filter)", DropClass.Ipv4, Routing)
        {
            Reason = "IP_RPFILTER", Type = "IPReversePathFilter", TypeNeedsReason = true, Counters = ["TcpExt.IPReversePathFilter"],
            Prepare = pair => pair.Receiver.Shell("sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.b0.rp_filter=1"),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, source: "198.51.100.7"), source: "198.51.100.7"))),
        },
        new("a martian source: loopback's", DropClass.Ipv4, Routing)
        {
            Reason = "IP_LOCALNET", ReasonSince = new Version(6, 13),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, source: "127.0.0.9"), source: "127.0.0.9"))),
        },
        new("a martian source: a multicast group's", DropClass.Ipv4, Routing)
        {
            Reason = "IP_INVALID_SOURCE", ReasonSince = new Version(6, 13),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, source: "224.0.0.9"), source: "224.0.0.9"))),
        },
        new("a packet to forward where forwarding is off", DropClass.Ipv4, "ip_error")
        {
            Reason = "IP_INADDRERRORS", Type = "InAddrErrors", TypeNeedsReason = true, Counters = ["Ip.InAddrErrors"],
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "203.0.113.5"), destination: "203.0.113.5"))),
        },
        new("a packet to forward without a route", DropClass.Ipv4, "ip_error")
        {
            Reason = "IP_INNOROUTES", Type = "InNoRoutes", TypeNeedsReason = true, Counters = ["IpExt.InNoRoutes"],
            Prepare = pair => pair.AddRoutedNetwork(),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "203.0.113.5"), destination: "203.0.113.5"))),
        },
        new("a packet that a policy rule blackholes", DropClass.Ipv4, "ip_error", "ip_rcv_finish*", "ip_rcv", "ip_sublist_rcv*",
            "ip_list_rcv*")
        {
            Reason = "NOT_SPECIFIED",
            Prepare = pair =>
            {
                pair.AddRoutedNetwork();
                pair.Receiver.Shell("ip rule add to 203.0.113.0/24 blackhole");
            },
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "203.0.113.5"), destination: "203.0.113.5"))),
        },
        new("a time to live that runs out while forwarding", DropClass.Ipv4, "ip_forward")
        {
            Reason = "IP_INHDR", Type = "InHdrErrors", TypeNeedsReason = true, Counters = ["Ip.InHdrErrors"],
            Prepare = pair => pair.AddRoutedNetwork(),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, destination: "10.88.0.9"), destination: "10.88.0.9", ttl: 1))),
        },
        new("a packet too big for the next link that must not be split", DropClass.Ipv4, "ip_forward")
        {
            Reason = "PKT_TOO_BIG", Type = "FragFails", TypeNeedsReason = true, Counters = ["Ip.FragFails"],
            Prepare = pair => pair.AddRoutedNetwork(mtu: 576),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, 900, destination: "10.88.0.9"), destination: "10.88.0.9",
                    fragment: DontFragment))),
        },
        new("fragments whose rest never comes", DropClass.Ipv4, "ip_expire", "inet_frag_rbtree_purge*", "ip_frag_free*",
            "inet_frag_destroy*")
        {
            Reason = "FRAG_REASM_TIMEOUT", ReasonSince = new Version(6, 12), Type = "ReasmTimeout",
                Counters = ["Ip.ReasmTimeout", "Ip.ReasmFails"],
            Prepare = pair => pair.Receiver.Shell("sysctl -qw net.ipv4.ipfrag_time=1"),
            Provoke = (pair, count) => pair.Send(count,
                i => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9, 24), fragment: MoreFragments, identification: (ushort)(100 + i)))),
        },
        new("an ICMP message with a wrong checksum", DropClass.Icmp, "icmp_rcv")
        {
            Reason = "ICMP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true, Counters = ["Icmp.InCsumErrors", "Icmp.InErrors"],
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Icmp, IcmpMessage(8, badChecksum: true)))),
        },
        new("an ICMP message of an unknown type", DropClass.Icmp, "icmp_rcv")
        {
            Reason = "UNHANDLED_PROTO", ReasonSince = new Version(6, 1), Type = "InErrors", TypeNeedsReason = true,
                Counters = ["Icmp.InErrors"],
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Icmp, IcmpMessage(99)))),
        },
    ];

    // The checksum is made right first, so that only what was spoilt is wrong.
    private static byte[] Spoilt(Action<byte[]> spoil)
    {
        byte[] packet = Ipv4(Udp, Datagram(9));
        spoil(packet);
        return Ethernet(Ipv4Type, packet);
    }
}
