using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What IPv6 drops.</summary>
internal static class Ipv6Causes
{
    private const string Elsewhere = "2001:db8::5";
    private const byte UnassignedProtocol = 253;

    private static readonly string[] Input = ["ip6_rcv_core*", "ipv6_rcv", "ipv6_list_rcv", "ip6_sublist_rcv*"];

    public static IEnumerable<DropCause> All =>
    [
        new("IPv6 where it is off", DropClass.Ipv6, Input)
        {
            Reason = "IPV6DISABLED", Type = "InDiscards", TypeNeedsReason = true, Counters = ["Ip6.InDiscards"],
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Datagram6())),
        },
        new("an IPv6 packet shorter than it says", DropClass.Ipv6, Input)
        {
            Reason = "PKT_TOO_SMALL", Type = "InTruncatedPkts", TypeNeedsReason = true, Counters = ["Ip6.InTruncatedPkts"],
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Ipv6(Udp, new byte[28], length: 1000))),
        },
        new("IPv6 multicast of a group that nobody here joined", DropClass.Ipv6, "ip6_mc_input")
        {
            Reason = "NOT_SPECIFIED", Significance = DropSignificance.Expected, Says = "multicast",
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(
                Ipv6Type, Ipv6(Udp, Datagram(9, source: NamespacePair.SenderAddress6, destination: "ff05::1234"),
                    destination: "ff05::1234"), [0x33, 0x33, 0, 0, 0x12, 0x34])),
        },
        new("an IPv6 next header that nobody handles", DropClass.Ipv6, "ip6_protocol_deliver_rcu*", "ip6_input_finish*", "ip6_input")
        {
            Reason = "IP_NOPROTO", Type = "InUnknownProtos", TypeNeedsReason = true, Counters = ["Ip6.InUnknownProtos"],
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Ipv6(UnassignedProtocol, new byte[20]))),
        },
        new("an IPv6 packet to forward without a route", DropClass.Ipv6, "ip6_pkt_drop*", "ip6_pkt_discard*")
        {
            Reason = "IP_INNOROUTES", Type = "InNoRoutes", TypeNeedsReason = true, Counters = ["Ip6.InNoRoutes"],
            Prepare = Forward,
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Datagram6(destination: Elsewhere))),
        },
        new("an IPv6 hop limit that runs out while forwarding", DropClass.Ipv6, "ip6_forward*")
        {
            Reason = "IP_INHDR", ReasonSince = new Version(6, 1), Type = "InHdrErrors", TypeNeedsReason = true,
                Counters = ["Ip6.InHdrErrors"],
            Prepare = pair =>
            {
                Forward(pair);
                pair.Receiver.Shell("ip link add d0 type veth peer name d1; ip link set d1 up; ip link set d0 up; ip -6 route add "
                    + "2001:db8::/64 dev d0");
            },
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Datagram6(destination: Elsewhere, hopLimit: 1))),
        },
        new("an IPv6 datagram for a closed port", DropClass.Udp, "udpv6_rcv*", "__udp6_lib_rcv*")
        {
            Reason = "NO_SOCKET", Type = "NoPorts", TypeNeedsReason = true, Counters = ["Udp6.NoPorts"],
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Datagram6())),
        },
        new("an IPv6 datagram with a wrong checksum", DropClass.Udp, "udpv6_rcv*", "__udp6_lib_rcv*")
        {
            Reason = "UDP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true, Counters = ["Udp6.InCsumErrors", "Udp6.InErrors"],
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Datagram6(badChecksum: true))),
        },
        new("an ICMPv6 message with a wrong checksum", DropClass.Icmp, "icmpv6_rcv")
        {
            Reason = "ICMP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true, Counters = ["Icmp6.InCsumErrors", "Icmp6.InErrors"],
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv6Type, Ipv6(Icmp6, Icmp6Message(128, badChecksum: true)))),
        },
    ];

    private static void Forward(NamespacePair pair)
    {
        pair.AddIpv6();
        pair.Receiver.Shell("sysctl -qw net.ipv6.conf.all.forwarding=1");
    }

    private static byte[] Datagram6(string destination = NamespacePair.ReceiverAddress6, byte hopLimit = 64, bool badChecksum = false) =>
        Ipv6(Udp, Datagram(9, badChecksum: badChecksum, source: NamespacePair.SenderAddress6, destination: destination),
            destination: destination, hopLimit: hopLimit);
}
