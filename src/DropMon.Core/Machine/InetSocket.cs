using System.Net;

namespace DropMon.Machine;

/// <summary>A socket of UDP, TCP or raw IP, as sock_diag or, with less, a line of /proc/net/udp shows it.</summary>
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
    /// <summary>The peer; null where there is none, or /proc was read.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>
    /// The index of the device that it is bound to (SO_BINDTODEVICE, a VRF); 0 for none; null where /proc was read, which does not show it.
    /// </summary>
    public int? Device { get; init; }

    /// <summary>Whether a socket of IPv6 takes no IPv4 (IPV6_V6ONLY); null where that is not known.</summary>
    public bool? IsVersion6Only { get; init; }

    /// <summary>Listening: how many connections may wait. Others: the receive buffer in bytes. Null where that is not known.</summary>
    public long? QueueLimit { get; init; }

    public bool IsVersion6 => Protocol.EndsWith('6');

    public bool IsListening => State == 10;

    public bool IsUdp => Protocol.StartsWith("udp", StringComparison.Ordinal);

    public override string ToString() => $"{Protocol} {new IPEndPoint(LocalAddress, LocalPort)}";
}
