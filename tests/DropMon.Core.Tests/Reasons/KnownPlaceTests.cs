using DropMon.Packets;
using DropMon.Reasons;
using DropMon.Reasons.Predicates;
using DropMon.Tests.Reasons.Predicates;

namespace DropMon.Tests.Reasons;

/// <summary>
/// What is said of places where several causes drop, by kernel and, where its bytes are there, by packet. Read from the kernels' sources.
/// </summary>
public class KnownPlaceTests
{
    private readonly DropClassifier _classifier = new(DropKnowledge.Embedded);

    [Theory]
    [InlineData("6.1", "__udp4_lib_rcv", "NOT_SPECIFIED", DropClass.Udp, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("7.2", "udp_rcv", "NOT_SPECIFIED", DropClass.Udp, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("6.18", "__udp6_lib_rcv", "NOT_SPECIFIED", DropClass.Udp, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("7.2", "udpv6_rcv", "NOT_SPECIFIED", DropClass.Udp, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("6.1", "__udp4_lib_rcv", "UDP_CSUM", DropClass.Udp, "InCsumErrors", DropSignificance.Suspicious)]
    [InlineData("6.18", "ip_rcv_finish_core", "NOT_SPECIFIED", DropClass.Ipv4, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "ip_rcv_finish_core.constprop.0", "NOT_SPECIFIED", DropClass.Ipv4, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("6.1", "tcp_v4_rcv", "NOT_SPECIFIED", DropClass.Tcp, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("7.2", "tcp_v6_rcv", "NOT_SPECIFIED", DropClass.Tcp, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "tcp_v4_do_rcv", "NOT_SPECIFIED", DropClass.Tcp, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("6.1", "tcp_rcv_state_process", "TCP_RESET", DropClass.Tcp, "TCP_RESET", DropSignificance.Expected)]
    [InlineData("6.1", "tcp_validate_incoming", "TCP_RESET", DropClass.Tcp, "TCP_RESET", DropSignificance.Suspicious)]
    [InlineData("6.1", "ip_error", "NOT_SPECIFIED", DropClass.Ipv4, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("6.1", "skb_release_data", "NOT_SPECIFIED", DropClass.Memory, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "ip_defrag", "NOT_SPECIFIED", DropClass.Ipv4, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("7.2", "ip_defrag", "NOT_SPECIFIED", DropClass.Ipv4, "ReasmFails", DropSignificance.Loss)]
    [InlineData("6.1", "ipv6_frag_rcv", "NOT_SPECIFIED", DropClass.Ipv6, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("7.2", "ipv6_frag_rcv", "NOT_SPECIFIED", DropClass.Ipv6, "InHdrErrors", DropSignificance.Suspicious)]
    [InlineData("7.2", "ip_expire", "IP_LOCALNET", DropClass.Ipv4, "ReasmTimeout", DropSignificance.Loss)]
    [InlineData("6.1", "ip_expire", "IP_RPFILTER", DropClass.Ipv4, "ReasmTimeout", DropSignificance.Loss)]
    [InlineData("7.2", "ip_rcv_finish_core", "IP_LOCALNET", DropClass.Ipv4, "IP_LOCALNET", DropSignificance.Suspicious)]
    [InlineData("6.1", "vxlan_xmit", "NOT_SPECIFIED", DropClass.Tunnel, "tx_dropped", DropSignificance.Loss)]
    [InlineData("7.2", "vxlan_xmit", "NO_TX_TARGET", DropClass.Tunnel, "tx_dropped", DropSignificance.Loss)]
    [InlineData("6.1", "vxlan_xmit_one", "NOT_SPECIFIED", DropClass.Tunnel, "tx_errors", DropSignificance.Loss)]
    [InlineData("6.1", "ip6gre_tunnel_xmit", "NOT_SPECIFIED", DropClass.Tunnel, "tx_errors", DropSignificance.Loss)]
    [InlineData("6.1", "ip_tunnel_xmit", "NOT_SPECIFIED", DropClass.Tunnel, "tx_errors", DropSignificance.Loss)]
    [InlineData("7.2", "wg_packet_purge_staged_packets", "QUEUE_PURGE", DropClass.Tunnel, "tx_dropped", DropSignificance.Loss)]
    [InlineData("6.1", "wg_packet_purge_staged_packets", "NOT_SPECIFIED", DropClass.Tunnel, "tx_dropped", DropSignificance.Loss)]
    [InlineData("6.12", "mptcp_incoming_options", "NOT_SPECIFIED", DropClass.Message, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "tcf_sample_act", "NOT_SPECIFIED", DropClass.Message, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "tcf_ct_handle_fragments", "NOT_SPECIFIED", DropClass.Netfilter, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("6.1", "synproxy_send_tcp", "NOT_SPECIFIED", DropClass.Netfilter, "NOT_SPECIFIED", DropSignificance.Loss)]
    [InlineData("6.1", "tipc_link_advance_transmq", "NOT_SPECIFIED", DropClass.Device, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "tipc_nl_bearer_get", "NOT_SPECIFIED", DropClass.Message, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "br_multicast_send_query", "NOT_SPECIFIED", DropClass.Bridge, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("7.2", "skb_queue_purge_reason", "QUEUE_PURGE", DropClass.Socket, "QUEUE_PURGE", DropSignificance.Expected)]
    [InlineData("6.1", "br_dev_xmit", "NOT_SPECIFIED", DropClass.Bridge, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "br_allowed_ingress", "NOT_SPECIFIED", DropClass.Bridge, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("6.1", "vlan_do_receive", "NOT_SPECIFIED", DropClass.Device, "NOT_SPECIFIED", DropSignificance.Loss)]
    [InlineData("6.1", "llc_rcv", "NOT_SPECIFIED", DropClass.Device, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.1", "neigh_invalidate", "NOT_SPECIFIED", DropClass.Neighbour, "NOT_SPECIFIED", DropSignificance.Loss)]
    [InlineData("6.1", "sctp_recvmsg", "NOT_SPECIFIED", DropClass.Sctp, "NOT_SPECIFIED", DropSignificance.Expected)]
    public void Without_the_packet_the_kernel_s_list_of_reasons_says_what_is_left(
        string kernel, string function, string reason, DropClass dropClass, string type, DropSignificance significance)
    {
        DropClassification said = Classify(kernel, function, reason, null);

        Assert.Equal((dropClass, type, significance), (said.Class, said.Type, said.Significance));
    }

    [Theory]
    [InlineData("5.10", "__udp4_lib_rcv", "10.1.1.255", true, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("5.10", "__udp4_lib_rcv", "239.1.1.1", false, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("5.10", "__udp4_lib_rcv", "10.1.1.2", false, "NoPorts", DropSignificance.Expected)]
    [InlineData("5.10", "__udp6_lib_rcv", "ff02::fb", false, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("5.10", "__udp6_lib_rcv", "2001:db8::2", false, "NoPorts", DropSignificance.Expected)]
    [InlineData("6.1", "__udp4_lib_rcv", "239.1.1.1", false, "IgnoredMulti", DropSignificance.Expected)]
    [InlineData("6.1", "__udp4_lib_rcv", "10.1.1.2", false, "InErrors", DropSignificance.Suspicious)]
    [InlineData("7.2", "udpv6_rcv", "2001:db8::2", false, "InErrors", DropSignificance.Suspicious)]
    [InlineData("5.10", "ip_rcv_finish_core", "239.2.2.2", false, null, DropSignificance.Expected)]
    [InlineData("5.10", "ip_rcv_finish_core", "10.1.1.2", false, null, DropSignificance.Suspicious)]
    [InlineData("6.1", "ip_rcv_finish_core", "224.0.0.251", false, "NOT_SPECIFIED", DropSignificance.Expected)]
    [InlineData("6.18", "ip_rcv_finish_core", "10.1.1.2", false, "NOT_SPECIFIED", DropSignificance.Suspicious)]
    [InlineData("5.10", "ip_error", "10.9.9.255", true, null, DropSignificance.Expected)]
    [InlineData("5.10", "ip_error", "10.9.9.2", false, null, DropSignificance.Suspicious)]
    public void With_the_packet_its_destination_tells(
        string kernel, string function, string destination, bool isBroadcast, string? type, DropSignificance significance)
    {
        string? reason = kernel == "5.10" ? null : "NOT_SPECIFIED";
        DropClassification said = Classify(
            kernel, function, reason, PredicatePackets.UdpFrame(destination, isBroadcast ? PredicatePackets.Broadcast : null));

        Assert.Equal((type, significance), (said.Type, said.Significance));
    }

    [Theory]
    [InlineData("5.10", "__udp4_lib_rcv", "10.1.1.255")]
    [InlineData("6.18", "__udp4_lib_rcv", "10.1.1.255")]
    [InlineData("7.2", "udp_rcv", "10.1.1.127")]
    public void A_host_s_own_copy_of_a_broadcast_has_no_frame_and_is_not_called_a_fault(string kernel, string function, string destination)
    {
        byte[] copy = PredicatePackets.UdpFrame(destination)[EthernetHeader.Length..];
        DropClassification said = Classify(kernel, function, kernel == "5.10" ? null : "NOT_SPECIFIED", copy);

        Assert.Equal(("IgnoredMulti", DropSignificance.Expected), (said.Type, said.Significance));
    }

    [Theory]
    [InlineData("__udp4_lib_rcv", "239.1.1.1", 32)]
    [InlineData("__udp4_lib_rcv", "10.1.1.2", 32)]
    [InlineData("__udp6_lib_rcv", "ff02::1", 52)]
    public void A_wrong_checksum_at_the_same_place_stays_suspicious(string function, string destination, int spoilt)
    {
        DropClassification said = Classify(
            "5.10", function, null, PredicatePackets.UdpFrame(destination, spoil: packet => packet[spoilt] ^= 0x55));

        Assert.Equal(("InCsumErrors", DropSignificance.Suspicious), (said.Type, said.Significance));
    }

    [Fact]
    public void Multicast_with_a_source_that_nobody_may_use_is_not_called_multicast_that_nobody_joined()
    {
        Assert.Equal(
            DropSignificance.Suspicious,
            Classify("5.10", "ip_rcv_finish_core", null, PredicatePackets.UdpFrame("239.2.2.2", source: "127.0.0.9")).Significance);
        Assert.Equal(
            DropSignificance.Expected,
            Classify("5.10", "ip_rcv_finish_core", null, PredicatePackets.UdpFrame("224.0.0.22", source: "0.0.0.0")).Significance);
    }

    [Fact]
    public void A_frame_for_this_host_s_own_address_that_is_called_another_host_s_has_a_tag_without_a_device()
    {
        byte[] frame = PredicatePackets.UdpFrame("10.1.1.2");
        DropClassification own = Classify(
            "6.1", "ip_rcv_core", "OTHERHOST", frame, new DropDevice("physical", Packets.Headers.DestinationMac));
        DropClassification other = Classify(
            "6.1", "ip_rcv_core", "OTHERHOST", frame, new DropDevice("physical", Packets.Headers.SourceMac));

        Assert.Equal(("rx_otherhost_dropped", DropSignificance.Suspicious), (own.Type, own.Significance));
        Assert.Contains("VLAN", own.Explanation, StringComparison.Ordinal);
        Assert.Equal(("rx_otherhost_dropped", DropSignificance.Expected), (other.Type, other.Significance));
        Assert.Contains("VLAN", other.Explanation, StringComparison.Ordinal);
        Assert.Equal(
            DropSignificance.Suspicious,
            Classify("6.1", "ip6_rcv_core", "OTHERHOST", frame, new DropDevice("physical", Packets.Headers.DestinationMac)).Significance);
    }

    [Fact]
    public void A_route_that_swallows_packets_has_the_class_of_its_packets()
    {
        Assert.Equal(DropClass.Ipv6, Classify("6.1", "dst_discard_out", "NOT_SPECIFIED", PredicatePackets.UdpFrame("2001:db8::2")).Class);
        Assert.Equal(DropClass.Ipv4, Classify("6.1", "dst_discard_out", "NOT_SPECIFIED", PredicatePackets.UdpFrame("10.1.1.2")).Class);
    }

    [Fact]
    public void A_kernel_of_which_nothing_is_known_is_not_taken_for_one_without_reasons()
    {
        DropVariants known = _classifier.Find("NOT_SPECIFIED", null, "udp_rcv", KernelFacts.Unknown);

        Assert.Equal(DropSignificance.Suspicious, known.Otherwise.Significance);
        Assert.Contains("IgnoredMulti", known.Otherwise.Explanation, StringComparison.Ordinal);
    }

    private DropClassification Classify(string kernel, string function, string? reason, byte[]? bytes, DropDevice? device = null)
    {
        DropVariants known = _classifier.Find(reason, null, function, Facts(kernel));
        int index = known.Choose(new DropFacts(bytes, null, device));
        return index < 0 ? known.Otherwise : known.Variants[index].Classification;
    }

    private static KernelFacts Facts(string kernel)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Golden", "Reasons", kernel + ".txt");
        HashSet<string>? names = File.Exists(file) ? [.. File.ReadAllLines(file)] : null;
        return new KernelFacts(names is not null, names is null ? null : name => names.Contains(name));
    }
}
