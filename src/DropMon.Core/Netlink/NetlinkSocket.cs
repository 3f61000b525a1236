using DropMon.Native;

namespace DropMon.Netlink;

/// <summary>A netlink socket for requests and their replies.</summary>
internal sealed class NetlinkSocket : INetlinkTransport
{
    public const int Route = 0; // NETLINK_ROUTE
    public const int SocketDiagnostics = 4; // NETLINK_SOCK_DIAG
    public const int Netfilter = 12; // NETLINK_NETFILTER
    public const int KernelObjectEvent = 15; // NETLINK_KOBJECT_UEVENT
    public const int Generic = 16; // NETLINK_GENERIC

    private const int ReceiveBuffer = 1 << 20;

    // The kernel answers while the request is being sent; a reply that is seconds late will never come.
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(5);

    private readonly SafeFileDescriptor _handle;

    public NetlinkSocket(int protocol)
    {
        _handle = NetlinkSocketHandle.Open(protocol, out uint portId);
        PortId = portId;
        NetlinkSocketHandle.SetReceiveTimeout(_handle, ReplyLimit);
        _ = NetlinkSocketHandle.SetReceiveBuffer(_handle, ReceiveBuffer);
    }

    public uint PortId { get; }

    public void Send(ReadOnlySpan<byte> datagram) => NetlinkSocketHandle.Send(_handle, datagram);

    public int Receive(Span<byte> buffer) => NetlinkSocketHandle.Receive(_handle, buffer);

    public void Dispose() => _handle.Dispose();
}
