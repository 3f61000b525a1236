using System.Net;
using System.Net.Sockets;
using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What devices, queues, neighbour tables, netfilter and traffic control drop.</summary>
internal static class NetworkCauses
{
    private const ushort ExperimentalType = 0x88b5; // IEEE 802: for local experiments
    private const string Nobody = "10.77.0.99";
    private const int SendRefused = 105; // ENOBUFS: the queue dropped it, and the sender gets the error

    // 6.1 names the helper that frees the list, not the place that dropped it.
    // the last since 7.2
    private static readonly string[] Output = [
        "__dev_queue_xmit*", "__dev_xmit_skb*", "dev_queue_xmit*", "kfree_skb_list_reason*", "kfree_skb_list", "__tcf_kfree_skb_list"];
    private static readonly string[] NeighbourFailure = [
        "arp_error_report*", "neigh_invalidate*", "neigh_timer_handler*", "__neigh_event_send*"];
    private static readonly string[] Receive = [
        "__netif_receive_skb_core*", "__netif_receive_skb_one_core*", "__netif_receive_skb*", "sch_handle_ingress*"];

    public static IEnumerable<DropCause> All =>
    [
        new("a frame of a protocol that nobody handles", DropClass.Device, Receive)
        {
            Reason = "UNHANDLED_PROTO", Type = "rx_dropped", TypeNeedsReason = true, Counters = ["Device.rx_dropped"],
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(ExperimentalType, new byte[46])),
        },
        new("a packet that a rule of nftables drops", DropClass.Netfilter, "nf_hook_slow*", "nft_do_chain*")
        {
            Reason = "NETFILTER_DROP", Counters = ["Nftables.drop"],
            Prepare = pair => pair.Receiver.Shell("nft 'table ip t { chain c { type filter hook input priority 0; udp dport 4242 counter "
                + "drop; }; }'"),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(4242)))),
        },
        new("a packet that finds its queue full", DropClass.Qdisc, Output)
        {
            Reason = "QDISC_DROP", Type = "drops", TypeNeedsReason = true, Counters = ["Qdisc.drops"],
            Prepare = pair => pair.Receiver.Shell("tc qdisc add dev b0 root pfifo limit 0"),
            Provoke = (pair, count) => SendFromReceiver(pair, count, NamespacePair.SenderAddress),
        },
        new("a packet for a device without carrier", DropClass.Qdisc, Output)
        {
            Reason = "QDISC_DROP", Type = "drops", TypeNeedsReason = true, Says = "no carrier",
            Prepare = WithoutCarrier,
            Provoke = (pair, count) => SendFromReceiver(pair, count, NamespacePair.SenderAddress),
        },
        new("packets for a neighbour that does not answer", DropClass.Neighbour, NeighbourFailure)
        {
            Reason = "NEIGH_FAILED", NeedsTracepoint = true,
            Prepare = pair => pair.Receiver.Shell("sysctl -qw net.ipv4.neigh.b0.retrans_time_ms=200 net.ipv4.neigh.b0.mcast_solicit=1"),
            Provoke = (pair, count) => SendFromReceiver(pair, count, Nobody),
        },
        new("too many packets for one neighbour", DropClass.Neighbour, "__neigh_event_send*")
        {
            Reason = "NEIGH_QUEUEFULL", Type = "unres_discards", TypeNeedsReason = true, NeedsTracepoint = true,
            Prepare = pair =>
            {
                pair.Receiver.Shell("sysctl -qw net.ipv4.neigh.b0.unres_qlen_bytes=1 net.ipv4.neigh.b0.retrans_time_ms=60000");
                SendFromReceiver(pair, 1, Nobody);
            },
            Provoke = (pair, count) => SendFromReceiver(pair, count, Nobody),
        },
        new("a packet that an action of traffic control drops on input", DropClass.Qdisc, Receive)
        {
            Reason = "TC_INGRESS", ClassWithoutReason = DropClass.Device, Counters = ["Qdisc.drops"],
            Missing = pair => pair.Receiver.TryShell("tc qdisc add dev b0 clsact; tc filter add dev b0 ingress matchall action drop") is (
                not 0, string said)
                && said.Contains("TC classifier not found", StringComparison.Ordinal)
                ? "This kernel has no matchall classifier."
                : null,
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9)))),
        },
    ];

    // The watch of carriers has up to a second before the queues lead to the discipline noop.
    private static void WithoutCarrier(NamespacePair pair)
    {
        pair.Sender.Shell("ip link set a0 down");
        Assert.True(SpinWait.SpinUntil(
            () => pair.Receiver.TryShell("ip link show b0 | grep NO-CARRIER | grep -q 'state .*DOWN'") is { Code: 0 },
            TimeSpan.FromSeconds(30)), "b0 keeps its carrier");
    }

    private static void SendFromReceiver(NamespacePair pair, int count, string address) => pair.Receiver.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < count; i++)
        {
            try
            {
                socket.SendTo(new byte[20], new IPEndPoint(IPAddress.Parse(address), 9));
            }
            catch (SocketException error) when (error.NativeErrorCode == SendRefused)
            {
                // That is the drop.
            }
        }
    });
}
