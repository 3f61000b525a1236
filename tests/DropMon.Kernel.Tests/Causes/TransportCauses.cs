using System.Net;
using System.Net.Sockets;
using DropMon.KernelTests.Native;
using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What UDP, TCP and sockets drop.</summary>
internal static class TransportCauses
{
    private const int Port = 4242;
    private const string SenderAddress6 = NamespacePair.SenderAddress6;
    private const byte Fin = 1;
    private const byte Syn = 2;
    private const byte Reset = 4;
    private const byte Acknowledge = 16;

    // Before, tcp_drop() freed with __kfree_skb(), which tells nobody.
    private static readonly Version WithTcpDrop = new(5, 18);

    private static readonly byte[] Broadcast = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    private static readonly string[] UdpInput = ["udp_rcv*", "__udp4_lib_rcv*"];
    private static readonly string[] UdpQueueing = [
        "udp_queue_rcv*", "__udp_enqueue_schedule_skb*", "__udp_queue_rcv*", "udp_unicast_rcv_skb*"];
    private static readonly string[] TcpInput = ["tcp_v4_rcv"];
    private static readonly string[] TcpListening = ["tcp_rcv_state_process*", "tcp_v4_do_rcv*", "tcp_v4_rcv*"];

    public static IEnumerable<DropCause> All =>
    [
        new("a datagram for a closed port", DropClass.Udp, UdpInput)
        {
            Reason = "NO_SOCKET", Type = "NoPorts", TypeNeedsReason = true, Counters = ["Udp.NoPorts"],
            Provoke = (pair, count) => pair.Send(count, _ => ToPort(Datagram(Port))),
        },
        new("a datagram with a wrong checksum", DropClass.Udp, UdpInput)
        {
            Reason = "UDP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true, Significance = DropSignificance.Suspicious,
                Says = "checksum", Counters = ["Udp.InCsumErrors", "Udp.InErrors"],
            Prepare = pair => Bind(pair),
            Provoke = (pair, count) => pair.Send(count, _ => ToPort(Datagram(Port, badChecksum: true))),
        },
        new("a datagram with a wrong checksum that is too long to be summed at once", DropClass.Udp, UdpQueueing)
        {
            // A filter has the kernel make the sum before the datagram is queued; else whoever reads it would.
            Reason = "UDP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true,
                Counters = ["Udp.InCsumErrors", "Udp.InErrors", "Socket.drops"],
            Prepare = pair => SocketFilter.Attach(Bind(pair).SafeHandle, accepts: true),
            Provoke = (pair, count) => pair.Send(count, _ => ToPort(Datagram(Port, 500, badChecksum: true))),
        },
        new("a broadcast for a port that no socket has", DropClass.Udp, UdpInput)
        {
            Reason = "NOT_SPECIFIED", Type = "IgnoredMulti", Significance = DropSignificance.Expected, Says = "broadcast",
                Counters = ["Udp.IgnoredMulti"],
            Provoke = (pair, count) => pair.Send(count, _ => ForAll(Broadcast, "10.77.0.255")),
        },
        new("multicast of a group that was joined, for a port that no socket has", DropClass.Udp, UdpInput)
        {
            Reason = "NOT_SPECIFIED", Type = "IgnoredMulti", Significance = DropSignificance.Expected, Says = "multicast",
                Counters = ["Udp.IgnoredMulti"],
            Prepare = pair => pair.Receiver.Run(() => Bind(pair).SetSocketOption(
                SocketOptionLevel.IP, SocketOptionName.AddMembership,
                    new MulticastOption(IPAddress.Parse("239.1.1.1"), IPAddress.Parse(NamespacePair.ReceiverAddress)))),
            Provoke = (pair, count) => pair.Send(count, _ => ForAll([1, 0, 0x5e, 1, 1, 1], "239.1.1.1")),
        },
        new("IPv6 multicast for a port that no socket has", DropClass.Udp, "udpv6_rcv*", "__udp6_lib_rcv*")
        {
            Reason = "NOT_SPECIFIED", Type = "IgnoredMulti", Significance = DropSignificance.Expected, Says = "multicast",
                Counters = ["Udp6.IgnoredMulti"],
            Prepare = pair => pair.AddIpv6(),
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv6Type, Ipv6(Udp, Datagram(Port + 1, destination: "ff02::1", source: SenderAddress6),
                    destination: "ff02::1"), [0x33, 0x33, 0, 0, 0, 1])),
        },
        new("a datagram shorter than it says", DropClass.Udp, UdpInput)
        {
            Reason = "PKT_TOO_SMALL", Type = "InErrors", TypeNeedsReason = true, Counters = ["Udp.InErrors"],
            Provoke = (pair, count) => pair.Send(count, _ => ToPort(Datagram(Port, length: 500))),
        },
        new("a datagram that finds the receive buffer full", DropClass.Udp, UdpQueueing)
        {
            Reason = "SOCKET_RCVBUFF", Type = "RcvbufErrors", TypeNeedsReason = true,
                Counters = ["Udp.RcvbufErrors", "Udp.InErrors", "Socket.drops"],
            Prepare = pair =>
            {
                Bind(pair).ReceiveBufferSize = 1;

                // Nobody reads: the first few fill it.
                do
                {
                    pair.Send(10, _ => ToPort(Datagram(Port, 1000)));
                }
                while (pair.Value("Udp.RcvbufErrors") == 0);
            },
            Provoke = (pair, count) => pair.Send(count, _ => ToPort(Datagram(Port, 1000))),
        },
        new("a datagram that the socket's filter refuses", DropClass.Udp, UdpQueueing)
        {
            Reason = "SOCKET_FILTER", Type = "InErrors", TypeNeedsReason = true, Counters = ["Udp.InErrors", "Socket.drops"],
            Prepare = pair => SocketFilter.Attach(Bind(pair).SafeHandle, accepts: false),
            Provoke = (pair, count) => pair.Send(count, _ => ToPort(Datagram(Port))),
        },
        new("a segment for a closed port", DropClass.Tcp, TcpInput)
        {
            Reason = "NO_SOCKET",
            Provoke = (pair, count) => pair.Send(count, i => ToPort(Segment(20000 + i, Port, Acknowledge), Tcp)),
        },
        new("a segment with a wrong checksum", DropClass.Tcp, TcpInput)
        {
            Reason = "TCP_CSUM", Type = "InCsumErrors", TypeNeedsReason = true, Counters = ["Tcp.InCsumErrors", "Tcp.InErrs"],
            Provoke = (pair, count) => pair.Send(count, i => ToPort(Segment(20000 + i, Port, Syn, badChecksum: true), Tcp)),
        },
        new("a segment whose header is longer than the segment", DropClass.Tcp, TcpInput)
        {
            Reason = "PKT_TOO_SMALL", Type = "InErrs", TypeNeedsReason = true, Counters = ["Tcp.InErrs"],
            Provoke = (pair, count) => pair.Send(count, i => ToPort(Segment(20000 + i, Port, Syn, words: 4), Tcp)),
        },
        new("a reset for a listening socket", DropClass.Tcp, TcpListening)
        {
            Reason = "TCP_RESET", SeenSince = WithTcpDrop,
            Prepare = pair => Listen(pair),
            Provoke = (pair, count) => pair.Send(count, i => ToPort(Segment(20000 + i, Port, Reset), Tcp)),
        },
        new("a segment that opens and closes at once", DropClass.Tcp, TcpListening)
        {
            Reason = "TCP_FLAGS", SeenSince = WithTcpDrop,
            Prepare = pair => Listen(pair),
            Provoke = (pair, count) => pair.Send(count, i => ToPort(Segment(20000 + i, Port, Syn | Fin), Tcp)),
        },
    ];

    private static byte[] ForAll(byte[] hardware, string address) =>
        Ethernet(Ipv4Type, Ipv4(Udp, Datagram(Port + 1, destination: address), destination: address), hardware);

    private static byte[] ToPort(byte[] transport, byte protocol = Udp) => Ethernet(Ipv4Type, Ipv4(protocol, transport));

    private static Socket Bind(NamespacePair pair) => pair.Receiver.Run(() =>
    {
        Socket socket = pair.Receiver.Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.Bind(new IPEndPoint(IPAddress.Any, Port));
        return socket;
    });

    internal static Socket Listen(NamespacePair pair) => pair.Receiver.Run(() =>
    {
        Socket socket = pair.Receiver.Keep(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        socket.Bind(new IPEndPoint(IPAddress.Any, Port));
        socket.Listen(1);
        return socket;
    });
}
