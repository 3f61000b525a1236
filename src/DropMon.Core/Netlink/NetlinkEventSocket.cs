using DropMon.Native;

namespace DropMon.Netlink;

/// <summary>A netlink socket that listens to a multicast group and counts what the kernel could not deliver to it.</summary>
internal sealed class NetlinkEventSocket : IDisposable
{
    private readonly int _protocol;

    /// <summary>Opens a socket; it hears nothing before <see cref="Join"/>.</summary>
    /// <param name="protocol">The netlink protocol.</param>
    /// <param name="receiveBuffer">How many bytes the kernel may queue for it; more than net.core.rmem_max needs CAP_NET_ADMIN.</param>
    public NetlinkEventSocket(int protocol, int receiveBuffer)
    {
        _protocol = protocol;
        Table = new NetlinkTable();
        try
        {
            Handle = NetlinkSocketHandle.Open(protocol, out uint portId);
            PortId = portId;
            ReceiveBufferSize = NetlinkSocketHandle.SetReceiveBuffer(Handle, receiveBuffer);
            NetlinkSocketHandle.KeepReceivingAfterOverrun(Handle);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SafeFileDescriptor Handle { get; } = null!;

    /// <summary>The sockets of the namespace that this one is in.</summary>
    public NetlinkTable Table { get; }

    public uint PortId { get; }

    /// <summary>The receive buffer in force, in bytes.</summary>
    public int ReceiveBufferSize { get; }

    /// <summary>Messages that found no room so far; exact.</summary>
    public long Overruns => Table.Read().FirstOrDefault(row => row.Protocol == _protocol && row.PortId == PortId).Drops;

    public void Join(uint group) => NetlinkSocketHandle.JoinGroup(Handle, group);

    /// <summary>Hears nothing more; what was heard can still be received.</summary>
    public void Leave(uint group) => NetlinkSocketHandle.LeaveGroup(Handle, group);

    public void Dispose()
    {
        Handle?.Dispose();
        Table.Dispose();
    }
}
