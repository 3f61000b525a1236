using System.Net;
using DropMon.Machine;

namespace DropMon.Counters.Tables;

/// <summary>The kernel's tables of this thread's network namespace, as evidence looks at them. What cannot be read says why.</summary>
internal interface IKernelTables
{
    TableReading<InetSocket> Sockets(InetProtocol protocol);

    TableReading<PacketSocket> PacketSockets();

    TableReading<KernelLink> Links();

    TableReading<QueueDiscipline> Qdiscs();

    TableReading<KernelNeighbour> Neighbours();

    /// <summary>The way that the kernel would send a packet of this host to that address.</summary>
    RouteReading Route(IPAddress destination);
}
