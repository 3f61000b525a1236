using DropMon.Counters.Tables;
using DropMon.Machine;
using DropMon.Text;

namespace DropMon.Counters.Sources;

/// <summary>
/// Packet sockets (captures, DHCP clients) with what each has dropped. The drops of a ring are in no table: the kernel gives them to the
/// ring's owner (PACKET_STATISTICS) and starts again at zero. Such a socket has no counter here; a warning names it.
/// </summary>
internal sealed class PacketSocketSource(PacketSocketTable sockets, SocketProcesses processes) : IDropCounterSource
{
    private const int MostNames = 5;

    public string Name => PacketSocketTable.Source;

    public IEnumerable<CounterReading> Read()
    {
        List<PacketSocket> found = sockets.Read();
        foreach (PacketSocket socket in found)
        {
            if (!socket.HasRing && socket.Memory is { } memory)
            {
                DropCounterSocket described = Describe(socket, memory);
                yield return new CounterReading(SocketMemory.Counter, memory.Drops)
                {
                    Socket = memory.Drops > 0 ? processes.Name(described) : described
                };
            }
        }

        if (found.FindAll(socket => socket.HasRing) is { Count: > 0 } rings)
        {
            throw Unknowable([.. rings.Select(socket => processes.Name(Describe(socket, socket.Memory ?? default)).ToString())]);
        }
    }

    private static CounterSourceException Unknowable(string[] sockets)
    {
        string names = string.Join(", ", sockets.Take(MostNames)) + (
            sockets.Length > MostNames ? $" and {sockets.Length - MostNames} more" : "");
        return new CounterSourceException(
            DropMonErrorKind.NotSupported,
            $"The drops of {names} are unknown: each receives into a ring, and the kernel reports a ring's drops only to its owner " +
            "(PACKET_STATISTICS).",
            "Check the program: tcpdump and most capture programs print their drops (\"dropped by kernel\") when they exit. " +
            $"{CommandId.Watch} shows full rings as PACKET_SOCK_ERROR in tpacket_rcv.");
    }

    private static DropCounterSocket Describe(PacketSocket socket, SocketMemory memory) => new()
    {
        Protocol = "packet",
        LocalPort = socket.EtherType,
        Inode = socket.Inode,
        ReceiveQueue = memory.Allocated,
        ReceiveQueueLimit = memory.ReceiveBuffer,
    };
}
