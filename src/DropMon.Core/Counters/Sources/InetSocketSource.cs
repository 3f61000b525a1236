using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Counters.Sources;

/// <summary>
/// UDP, raw and listening TCP sockets with what each has dropped (SK_MEMINFO_DROPS). Without tcp_diag no file shows that for TCP.
/// </summary>
internal sealed class InetSocketSource(InetSocketTable sockets, SocketProcesses processes, InetProtocol protocol) : IDropCounterSource
{
    public string Name { get; } = $"sock_diag {protocol.ToString().ToLowerInvariant()}";

    private DropClass Class =>
        protocol switch { InetProtocol.Tcp => DropClass.Tcp, InetProtocol.Udp => DropClass.Udp, _ => DropClass.Socket };

    public IEnumerable<CounterReading> Read()
    {
        List<InetSocket> found = sockets.Read();
        if (protocol == InetProtocol.Tcp && sockets.Source != Name)
        {
            throw new CounterSourceException(
                DropMonErrorKind.NotSupported,
                "This kernel does not show listening sockets: its module tcp_diag is neither built in nor loaded.", "modprobe tcp_diag");
        }

        foreach (InetSocket socket in found)
        {
            // A socket that is closing shows no drops.
            if (socket.Drops is { } drops)
            {
                DropCounterSocket described = Describe(socket);
                yield return new CounterReading(SocketMemory.Counter, drops)
                {
                    Socket = drops > 0 ? processes.Name(described) : described,
                    Class = Class
                };
            }
        }
    }

    private static DropCounterSocket Describe(InetSocket socket) => new()
    {
        Protocol = socket.Protocol,
        LocalPort = socket.LocalPort,
        LocalAddress = socket.LocalAddress,
        ReceiveQueue = socket.ReceiveQueue,
        ReceiveQueueLimit = socket.QueueLimit,
        Inode = socket.Inode,
    };
}
