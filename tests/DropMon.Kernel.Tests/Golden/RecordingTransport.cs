using DropMon.Netlink;

namespace DropMon.KernelTests.Golden;

/// <summary>A netlink socket that remembers what the kernel answered, byte by byte.</summary>
internal sealed class RecordingTransport : INetlinkTransport
{
    private readonly NetlinkSocket _socket = new(NetlinkSocket.Generic);
    private readonly List<byte[]> _replies = [];

    public uint PortId => _socket.PortId;

    /// <summary>The datagrams received since the last call.</summary>
    public byte[][] TakeReplies()
    {
        byte[][] replies = [.. _replies];
        _replies.Clear();
        return replies;
    }

    public void Send(ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    public int Receive(Span<byte> buffer)
    {
        int length = _socket.Receive(buffer);
        _replies.Add(buffer[..length].ToArray());
        return length;
    }

    public void Dispose() => _socket.Dispose();
}
