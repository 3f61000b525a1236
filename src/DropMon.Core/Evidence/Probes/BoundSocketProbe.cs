using System.Net;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Whether a socket could have taken the packet: one on that port, or on the port but another address.</summary>
internal sealed class BoundSocketProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("NO_SOCKET")
    {
        Functions = ["udp_rcv", "__udp4_lib_rcv", "udpv6_rcv", "__udp6_lib_rcv", "tcp_v4_rcv", "tcp_v6_rcv"],
    };

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (query.DestinationPort is not { } port)
        {
            yield return Found(query, "ports", "The port is not known: with an alert that has its packet the sockets on that port are looked up.", null, EvidenceVerdict.Neutral, "/proc/net/tcp, /proc/net/udp");
            yield break;
        }

        string[] protocols = query.Class switch { DropClass.Tcp => ["tcp", "tcp6"], DropClass.Udp => ["udp", "udp6"], _ => ["tcp", "tcp6", "udp", "udp6"] };
        List<InetSocket> sockets =
        [
            .. ProcNetSockets.Read(Machine, protocols).Where(socket => socket.LocalPort == port && (socket.IsUdp || socket.IsListening)),
        ];
        Dictionary<ulong, string> owners = SocketOwners.Find(Machine, sockets.Select(socket => socket.Inode).ToHashSet());
        foreach (InetSocket socket in sockets)
        {
            string owner = owners.TryGetValue(socket.Inode, out string? name) ? $"{socket} of {name}" : socket.ToString();
            (string finding, EvidenceVerdict verdict) = (Takes(socket, query.DestinationAddress), socket.RemotePort) switch
            {
                (false, _) => ($"It is bound to that port, but not to {query.DestinationAddress}.", EvidenceVerdict.Confirms),
                // A datagram socket that is connected takes what its peer sends, and nothing else.
                (_, not 0) => ("It is bound to that port, but takes packets of the one peer that it is connected to only.", EvidenceVerdict.Neutral),
                _ => ("It is bound to that port now and would take such a packet.", EvidenceVerdict.Contradicts),
            };
            yield return Found(query, owner, finding, null, verdict, ProcNetSockets.PathOf(socket.Protocol));
        }

        if (sockets.Count == 0)
        {
            yield return Found(query, $"port {port}", "Nothing listens on that port now.", null, EvidenceVerdict.Confirms, string.Join(", ", protocols.Select(ProcNetSockets.PathOf)));
        }
    }

    private static bool Takes(InetSocket socket, IPAddress? destination) =>
        destination is null
        || socket.LocalAddress.Equals(IPAddress.Any)
        || socket.LocalAddress.Equals(IPAddress.IPv6Any)
        || socket.LocalAddress.MapToIPv6().Equals(destination.MapToIPv6());
}
