using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Listening sockets whose queue of accepted connections is full.</summary>
internal sealed class ListenQueueProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("TCP_LISTEN_OVERFLOW")
    {
        Functions = ["tcp_conn_request", "tcp_v4_rcv", "tcp_v6_rcv", "tcp_v4_do_rcv", "tcp_v6_do_rcv", "tcp_rcv_state_process"],
    };

    private const string LimitPath = "/proc/sys/net/core/somaxconn";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        yield return Machine.ReadNumber(LimitPath) is { } most
            ? Found(query, "net.core.somaxconn", $"No accept queue may be longer than {most}.", most.ToString(CultureInfo.InvariantCulture),
                EvidenceVerdict.Neutral, LimitPath)
            : Unreadable(query, LimitPath);

        TableReading<InetSocket> reading = tables.Sockets(InetProtocol.Tcp);
        if (Unread(query, "listening sockets", reading) is { } unread)
        {
            yield return unread;
            yield break;
        }

        InetSocket[] sockets =
        [
            .. reading.Rows.Where(socket => socket.IsListening
                && (query.DestinationPort is { } port ? socket.LocalPort == port : IsFull(socket) == true)),
        ];
        Dictionary<ulong, string> owners = SocketOwners.Find(
            Machine, sockets.Select(socket => socket.Inode).ToHashSet(), cancellationToken);
        foreach (InetSocket socket in sockets)
        {
            yield return Describe(query, socket, owners.GetValueOrDefault(socket.Inode), reading.Source);
        }

        if (sockets.Length == 0)
        {
            string finding = query.DestinationPort is null
                ? "No accept queue in this network namespace is full now."
                    : "No socket listens on that port now in this network namespace.";
            yield return Found(query, "listening sockets", finding, null, EvidenceVerdict.Neutral, reading.Source);
        }
    }

    // The kernel lets one more in than the limit says (sk_acceptq_is_full).
    private static bool? IsFull(InetSocket socket) => socket.QueueLimit is { } limit ? socket.ReceiveQueue > limit : null;

    private static DropEvidence Describe(EvidenceQuery query, InetSocket socket, string? owner, string source)
    {
        bool? full = IsFull(socket);
        string finding = full switch
        {
            true => $"Its accept queue is full now: {socket.ReceiveQueue} connections wait, the limit is {socket.QueueLimit}.",
            false => $"{socket.ReceiveQueue} connections wait to be accepted now, the limit is {socket.QueueLimit}.",
            null => $"{socket.ReceiveQueue} connections wait to be accepted now; the limit is not known: modprobe tcp_diag.",
        };
        return Found(
            query,
            owner is null ? socket.ToString() : $"{socket} of {owner}",
            finding,
            string.Create(CultureInfo.InvariantCulture, $"{socket.ReceiveQueue}/{socket.QueueLimit}"),
            full == true ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            source);
    }
}
