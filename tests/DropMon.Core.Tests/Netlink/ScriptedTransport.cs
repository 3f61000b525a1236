using DropMon.Netlink;

namespace DropMon.Tests.Netlink;

/// <summary>Answers each request as a test says, in place of the kernel.</summary>
internal sealed class ScriptedTransport(Func<byte[], IEnumerable<byte[]>> answer) : INetlinkTransport
{
    private readonly Queue<byte[]> _datagrams = new();

    public List<byte[]> Requests { get; } = [];

    public bool IsDisposed { get; private set; }

    public uint PortId => 4711;

    public void Send(ReadOnlySpan<byte> datagram)
    {
        byte[] request = datagram.ToArray();
        Requests.Add(request);
        foreach (byte[] reply in answer(request))
        {
            _datagrams.Enqueue(reply);
        }
    }

    public int Receive(Span<byte> buffer)
    {
        byte[] datagram = _datagrams.TryDequeue(out byte[]? next)
            ? next
            : throw new InvalidOperationException("The script has no more replies.");
        datagram.CopyTo(buffer);
        return datagram.Length;
    }

    public void Dispose() => IsDisposed = true;
}
