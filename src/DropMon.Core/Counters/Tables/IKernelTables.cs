using DropMon.Machine;

namespace DropMon.Counters.Tables;

/// <summary>The kernel's tables of this thread's network namespace, as evidence looks at them. What cannot be read says why.</summary>
internal interface IKernelTables
{
    TableReading<InetSocket> Sockets(InetProtocol protocol);

    TableReading<PacketSocket> PacketSockets();

    TableReading<KernelLink> Links();

    TableReading<QueueDiscipline> Qdiscs();
}
