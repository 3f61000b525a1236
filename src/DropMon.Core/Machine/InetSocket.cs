using System.Net;

namespace DropMon.Machine;

/// <summary>A socket as a line of /proc/net/tcp or udp shows it.</summary>
/// <param name="Protocol">The file's name: <c>tcp</c>, <c>tcp6</c>, <c>udp</c>, <c>udp6</c>.</param>
/// <param name="LocalAddress">The address it is bound to.</param>
/// <param name="LocalPort">The port it is bound to.</param>
/// <param name="RemotePort">The peer's port; 0 where there is no peer.</param>
/// <param name="State">The TCP state by its number; 10 is listening (TCP_LISTEN). UDP: 7 unconnected, 1 connected.</param>
/// <param name="ReceiveQueue">Bytes in the receive queue; for a listening socket, connections that wait to be accepted.</param>
/// <param name="Inode">The inode, by which its process is found; 0 where it has none.</param>
/// <param name="Drops">Packets that the socket dropped; null for TCP, whose file does not show it.</param>
internal sealed record InetSocket(
    string Protocol, IPAddress LocalAddress, int LocalPort, int RemotePort, int State, long ReceiveQueue, ulong Inode, long? Drops)
{
    public bool IsListening => State == 10;

    public bool IsUdp => Protocol.StartsWith("udp", StringComparison.Ordinal);

    public override string ToString() => $"{Protocol} {new IPEndPoint(LocalAddress, LocalPort)}";
}
