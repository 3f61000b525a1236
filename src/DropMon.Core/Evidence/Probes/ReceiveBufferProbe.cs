using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Sockets whose receive buffer is full: which, whose, and how large buffers may be.</summary>
internal sealed class ReceiveBufferProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("SOCKET_RCVBUFF", "SOCKET_BACKLOG")
    {
        Functions =
        [
            "udp_queue_rcv*", "__udp_queue_rcv*", "udp_unicast_rcv_skb", "__udp_enqueue_schedule_skb", "udpv6_queue_rcv*",
                "__udpv6_queue_rcv*", "udp6_unicast_rcv_skb",
            "sock_queue_rcv_skb*", "__sock_queue_rcv_skb", "__sk_receive_skb", "raw_rcv*", "rawv6_rcv*", "ping_rcv", "ping_queue_rcv_skb",
                "__ping_queue_rcv_skb", "tcp_add_backlog",
        ],
    };

    private const string DefaultPath = "/proc/sys/net/core/rmem_default";
    private const string MaximumPath = "/proc/sys/net/core/rmem_max";
    private const int MostSockets = 20;

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) =>
        new[] { InetProtocol.Udp, InetProtocol.Raw }.SelectMany(protocol => tables.Sockets(protocol).Rows)
            .Where(socket => socket.Drops is not null).Select(socket => KeyValuePair.Create(CounterOf(socket), socket.Drops!.Value));

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        yield return Limits(query);
        InetProtocol[] protocols = query.Class switch
        {
            DropClass.Udp => [InetProtocol.Udp],
            DropClass.Tcp => [],
            _ => [InetProtocol.Udp, InetProtocol.Raw]
        };
        if (protocols.Length == 0)
        {
            yield return Found(query, "TCP sockets", "The buffers of TCP connections were not looked at: ss -tm shows them.", null,
                EvidenceVerdict.Neutral, "sock_diag tcp");
        }

        foreach (InetProtocol protocol in protocols)
        {
            foreach (DropEvidence evidence in Sockets(query, protocol, cancellationToken))
            {
                yield return evidence;
            }
        }
    }

    private IEnumerable<DropEvidence> Sockets(EvidenceQuery query, InetProtocol protocol, CancellationToken cancellationToken)
    {
        string name = protocol == InetProtocol.Udp ? "UDP" : "raw";
        TableReading<InetSocket> reading = tables.Sockets(protocol);
        if (Unread(query, $"{name} sockets", reading) is { } unread)
        {
            yield return unread;
            yield break;
        }

        // A raw socket has no port.
        int? port = protocol == InetProtocol.Udp ? query.DestinationPort : null;
        InetSocket[] sockets =
        [
            .. reading.Rows
                .Where(socket => port is null ? socket.Drops > 0 || socket.ReceiveQueue > 0 : socket.LocalPort == port)
                .OrderByDescending(socket => socket.Drops).ThenByDescending(socket => socket.ReceiveQueue)
                .Take(MostSockets),
        ];
        Dictionary<ulong, string> owners = SocketOwners.Find(
            Machine, sockets.Select(socket => socket.Inode).ToHashSet(), cancellationToken);
        foreach (InetSocket socket in sockets)
        {
            yield return Describe(query, socket, owners.GetValueOrDefault(socket.Inode), reading.Source);
        }

        if (sockets.Length == 0)
        {
            yield return port is null
                ? Found(
                    query,
                    $"{name} sockets",
                    "None that is open now in this network namespace has dropped anything or holds unread data. Closed ones and other "
                        + "namespaces are not seen.",
                    null,
                    EvidenceVerdict.Neutral,
                    reading.Source)
                : Found(query, $"UDP port {port}", "No UDP socket is bound to that port now in this network namespace.", null,
                    EvidenceVerdict.Neutral, reading.Source);
        }
    }

    private DropEvidence Limits(EvidenceQuery query)
    {
        long? ordinary = Machine.ReadNumber(DefaultPath);
        long? most = Machine.ReadNumber(MaximumPath);
        return ordinary is null || most is null
            ? Unreadable(query, ordinary is null ? DefaultPath : MaximumPath)
            : Found(
                query,
                "net.core.rmem_default, rmem_max",
                $"A socket gets a receive buffer of {ordinary} bytes, and a program may ask for {most}.",
                string.Create(CultureInfo.InvariantCulture, $"{ordinary} {most}"),
                EvidenceVerdict.Neutral,
                $"{DefaultPath}, {MaximumPath}");
    }

    private static string CounterOf(InetSocket socket) => $"{socket} {socket.Inode}";

    private static DropEvidence Describe(EvidenceQuery query, InetSocket socket, string? owner, string source)
    {
        bool full = BufferUse.IsFull(socket.ReceiveQueue, socket.QueueLimit);
        string use = socket.QueueLimit is { } limit
            ? $"{socket.ReceiveQueue} of {limit} bytes are in use" : $"{socket.ReceiveQueue} bytes wait";
        long rise = query.Before.Rise(CounterOf(socket), socket.Drops ?? 0);
        string times = rise > 0 ? $", {rise} of them {query.Before.Span}" : "";
        string drops = socket.Drops is { } count
            ? $"It has dropped {count} packets since it was opened{times}, for this or another cause."
                : "The kernel does not show what it dropped.";
        return Found(
            query,
            owner is null ? socket.ToString() : $"{socket} of {owner}",
            full ? $"Its receive buffer is full now: {use}. {drops}" : $"Its receive buffer has room now: {use}. {drops}",
            string.Create(CultureInfo.InvariantCulture, $"rx_queue={socket.ReceiveQueue} drops={socket.Drops}"),
            full || (rise > 0 && query.DecidingReason is not null) ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            source);
    }
}
