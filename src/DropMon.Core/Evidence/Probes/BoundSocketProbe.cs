using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The sockets on the packet's port, and what keeps each from taking the packet: its address, device, family or peer.</summary>
internal sealed class BoundSocketProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("NO_SOCKET")
    {
        Functions = ["udp_rcv", "__udp4_lib_rcv", "udpv6_rcv", "__udp6_lib_rcv", "tcp_v4_rcv", "tcp_v6_rcv"],
    };

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (query.DestinationPort is not { } port)
        {
            yield return Found(
                query,
                "ports",
                "The port is not known: with a drop that has its packet the sockets on that port are looked up.",
                null,
                EvidenceVerdict.Neutral,
                "sock_diag tcp, sock_diag udp");
            yield break;
        }

        TableReading<KernelLink> links = tables.Links();
        InetProtocol[] protocols =
            query.Class switch
            {
                DropClass.Tcp => [InetProtocol.Tcp],
                DropClass.Udp => [InetProtocol.Udp],
                _ => [InetProtocol.Tcp, InetProtocol.Udp]
            };
        foreach (InetProtocol protocol in protocols)
        {
            TableReading<InetSocket> reading = tables.Sockets(protocol);
            if (Unread(query, $"{protocol} sockets", reading) is { } unread)
            {
                yield return unread;
                continue;
            }

            InetSocket[] sockets = [.. reading.Rows.Where(socket => socket.LocalPort == port && (socket.IsUdp || socket.IsListening))];
            Dictionary<ulong, string> owners = SocketOwners.Find(
                Machine, sockets.Select(socket => socket.Inode).ToHashSet(), cancellationToken);
            foreach (InetSocket socket in sockets)
            {
                string subject = owners.TryGetValue(socket.Inode, out string? owner) ? $"{socket} of {owner}" : socket.ToString();
                yield return Describe(query, subject, SocketFit.Of(socket, query, links, Machine), reading.Source);
            }

            if (sockets.Length == 0)
            {
                yield return Found(
                    query,
                    $"port {port}",
                    $"No {(protocol == InetProtocol.Tcp ? "TCP socket listens on" : "UDP socket is bound to")} that port now in this "
                        + "network namespace. Others were not looked at.",
                    null,
                    EvidenceVerdict.Neutral,
                    reading.Source);
            }
            else if (sockets.Length > 1)
            {
                yield return Found(
                    query,
                    $"port {port}",
                    $"{sockets.Length} sockets are on that port. Where several would take a packet, the kernel gives it to one "
                        + "(SO_REUSEPORT).",
                    sockets.Length.ToString(CultureInfo.InvariantCulture),
                    EvidenceVerdict.Neutral,
                    reading.Source);
            }
        }
    }

    private static DropEvidence Describe(EvidenceQuery query, string subject, SocketFit fit, string source) => fit.Takes switch
    {
        false => Found(query, subject, $"It is on that port, but does not take such a packet: {fit.Why}.", null, EvidenceVerdict.Confirms,
            source),
        null => Found(query, subject, $"It is on that port. Whether it takes such a packet is open: {fit.Why}.", null,
            EvidenceVerdict.Neutral, source),
        _ => Found(
            query,
            subject,
            "It is on that port now, and its family, address, device and peer fit the packet: it may have been opened after the drop.",
            null,
            EvidenceVerdict.Neutral,
            source),
    };
}
