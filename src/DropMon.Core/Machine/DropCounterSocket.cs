using System.Globalization;
using System.Net;

namespace DropMon;

/// <summary>The socket that a counter belongs to.</summary>
public sealed record DropCounterSocket
{
    /// <summary><c>udp</c>, <c>udp6</c>, <c>tcp</c>, <c>tcp6</c>, <c>raw</c>, <c>raw6</c>, <c>packet</c> or <c>netlink</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The address it is bound to; null for sockets without one.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>UDP and TCP: the port it is bound to. Raw: the IP protocol. Packet: the EtherType. Netlink: the netlink protocol.</summary>
    public int LocalPort { get; init; }

    /// <summary>The netlink port id; null for other sockets.</summary>
    public long? PortId { get; init; }

    /// <summary>The inode, by which its process is found.</summary>
    public ulong Inode { get; init; }

    /// <summary>
    /// Listening TCP: connections that wait to be accepted. Others: bytes in the receive queue. Null where the kernel does not tell.
    /// </summary>
    public long? ReceiveQueue { get; init; }

    /// <summary>
    /// Listening TCP: how many may wait to be accepted. Others: the receive buffer in bytes. Null where the kernel does not tell.
    /// </summary>
    public long? ReceiveQueueLimit { get; init; }

    /// <summary>
    /// A process that holds it; null where it has dropped nothing, where only root may know, and for the kernel's own sockets.
    /// </summary>
    public int? ProcessId { get; init; }

    /// <summary>The name of that process.</summary>
    public string? ProcessName { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        string place = LocalAddress is { } address && Protocol is not ("raw" or "raw6")
            ? new IPEndPoint(address, LocalPort).ToString()
            : PortId is { } port
                ? string.Create(CultureInfo.InvariantCulture, $"{LocalPort}:{port}")
                : Protocol == "packet"
                    ? string.Create(CultureInfo.InvariantCulture, $"0x{LocalPort:x4}")
                    : LocalPort.ToString(CultureInfo.InvariantCulture);
        return ProcessId is null
            ? $"{Protocol} {place}"
            : string.Create(CultureInfo.InvariantCulture, $"{Protocol} {place} of {ProcessName ?? "process"} ({ProcessId})");
    }
}
