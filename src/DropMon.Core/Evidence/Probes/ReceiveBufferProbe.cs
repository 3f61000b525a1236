using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Sockets whose receive buffer is full: which, whose, and how large buffers may be.</summary>
internal sealed class ReceiveBufferProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("SOCKET_RCVBUFF", "SOCKET_BACKLOG")
    {
        Functions =
        [
            "udp_queue_rcv*", "__udp_queue_rcv*", "udp_unicast_rcv_skb", "__udp_enqueue_schedule_skb", "udpv6_queue_rcv*", "__udpv6_queue_rcv*", "udp6_unicast_rcv_skb",
            "sock_queue_rcv_skb*", "__sock_queue_rcv_skb", "__sk_receive_skb", "raw_rcv*", "rawv6_rcv*", "ping_rcv", "ping_queue_rcv_skb", "__ping_queue_rcv_skb", "tcp_add_backlog",
        ],
    };

    private const string DefaultPath = "/proc/sys/net/core/rmem_default";
    private const string MaximumPath = "/proc/sys/net/core/rmem_max";
    private const int MostSockets = 20;

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        yield return Limits(query);
        List<InetSocket> sockets =
        [
            .. ProcNetSockets.Read(Machine, "udp", "udp6")
                .Where(socket => query.DestinationPort is null || socket.LocalPort == query.DestinationPort)
                .Where(socket => query.DestinationPort is not null || socket.Drops > 0 || socket.ReceiveQueue > 0)
                .OrderByDescending(socket => socket.Drops).ThenByDescending(socket => socket.ReceiveQueue)
                .Take(MostSockets),
        ];
        Dictionary<ulong, string> owners = SocketOwners.Find(Machine, sockets.Select(socket => socket.Inode).ToHashSet());
        foreach (InetSocket socket in sockets)
        {
            yield return Describe(query, socket, owners.GetValueOrDefault(socket.Inode));
        }

        if (sockets.Count == 0)
        {
            yield return query.DestinationPort is { } port
                ? Found(query, $"UDP port {port}", "No UDP socket is bound to that port now.", null, EvidenceVerdict.Neutral, ProcNetSockets.PathOf("udp"))
                : Found(query, "UDP sockets", "No UDP socket has dropped anything or holds unread data now.", null, EvidenceVerdict.Contradicts, ProcNetSockets.PathOf("udp"));
        }
    }

    private DropEvidence Limits(EvidenceQuery query)
    {
        long? ordinary = Machine.ReadNumber(DefaultPath);
        long? most = Machine.ReadNumber(MaximumPath);
        return ordinary is null || most is null
            ? Unreadable(query, DefaultPath)
            : Found(
                query,
                "net.core.rmem_default, rmem_max",
                $"A socket gets a receive buffer of {ordinary} bytes, and a program may ask for {most}.",
                string.Create(CultureInfo.InvariantCulture, $"{ordinary} {most}"),
                EvidenceVerdict.Neutral,
                $"{DefaultPath}, {MaximumPath}");
    }

    private DropEvidence Describe(EvidenceQuery query, InetSocket socket, string? owner)
    {
        // The kernel charges each datagram with its whole buffer, so a full queue stands near the limit.
        bool full = Machine.ReadNumber(DefaultPath) is { } limit && socket.ReceiveQueue >= limit / 10 * 9;
        string finding = (full, socket.Drops > 0) switch
        {
            (true, _) => $"Its receive buffer is full now ({socket.ReceiveQueue} bytes wait), and it has dropped {socket.Drops} packets since it was opened.",
            (_, true) => $"It has dropped {socket.Drops} packets since it was opened; {socket.ReceiveQueue} bytes wait now.",
            _ => $"It has dropped nothing since it was opened; {socket.ReceiveQueue} bytes wait now.",
        };
        return Found(
            query,
            owner is null ? socket.ToString() : $"{socket} of {owner}",
            finding,
            string.Create(CultureInfo.InvariantCulture, $"rx_queue={socket.ReceiveQueue} drops={socket.Drops}"),
            full || socket.Drops > 0 ? EvidenceVerdict.Confirms : EvidenceVerdict.Contradicts,
            ProcNetSockets.PathOf(socket.Protocol));
    }
}
