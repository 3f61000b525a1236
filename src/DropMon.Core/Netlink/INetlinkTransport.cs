namespace DropMon.Netlink;

/// <summary>Carries datagrams to and from the kernel. Tests script it for errors that no kernel gives on demand.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>This end's port id.</summary>
    uint PortId { get; }

    /// <summary>Sends one datagram to the kernel.</summary>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Receives one datagram; returns its length.</summary>
    int Receive(Span<byte> buffer);
}
