using System.Net;
using DropMon.Machine;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>The tables as this machine's kernel gives them by netlink: each is asked for anew.</summary>
internal sealed class KernelTables(IMachine machine) : IKernelTables
{
    public TableReading<InetSocket> Sockets(InetProtocol protocol)
    {
        string source = "";
        TableReading<InetSocket> reading = Read(
            NetlinkSocket.SocketDiagnostics, $"sock_diag {protocol.ToString().ToLowerInvariant()}", connection =>
        {
            var table = new InetSocketTable(machine, connection, protocol);
            List<InetSocket> sockets = table.Read();
            source = table.Source;
            return sockets;
        });
        return source.Length == 0 ? reading : reading with { Source = source };
    }

    public TableReading<PacketSocket> PacketSockets() =>
        Read(NetlinkSocket.SocketDiagnostics, PacketSocketTable.Source, connection => new PacketSocketTable(connection).Read());

    public TableReading<KernelLink> Links() => Read(NetlinkSocket.Route, LinkTable.Source, connection => new LinkTable(connection).Links);

    public TableReading<QueueDiscipline> Qdiscs() =>
        Read(NetlinkSocket.Route, QdiscTable.Source, connection => new QdiscTable(connection).Read());

    public TableReading<KernelNeighbour> Neighbours() =>
        Read(NetlinkSocket.Route, NeighbourTable.Source, connection => new NeighbourTable(connection).Read());

    public RouteReading Route(IPAddress destination)
    {
        try
        {
            using NetlinkConnection connection = NetlinkConnection.Open(NetlinkSocket.Route);
            return new RouteQuestion(() => connection).Ask(destination);
        }
        catch (DropMonException error)
        {
            return new RouteReading(null, false, error.Message);
        }
    }

    private static TableReading<T> Read<T>(int protocol, string source, Func<Func<NetlinkConnection>, IReadOnlyList<T>> read)
    {
        try
        {
            using NetlinkConnection connection = NetlinkConnection.Open(protocol);
            return new TableReading<T>(read(() => connection), source, null);
        }
        catch (DropMonException error)
        {
            return new TableReading<T>([], source, error.Message);
        }
    }
}
