using System.Net;
using System.Net.Sockets;
using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Traffic;

/// <summary>A socket of loopback that nobody reads and whose buffer is full: each further datagram is one loss.</summary>
internal sealed class FullSocket : IDisposable
{
    // More than the least buffer that the kernel gives a socket can hold.
    private const int EnoughToFill = 256;

    private static readonly byte[] Datagram = new byte[64];

    private readonly Socket _receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 0 };
    private readonly Socket _sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public FullSocket()
    {
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Send(EnoughToFill);
    }

    /// <summary>The port of the socket.</summary>
    public int Port => ((IPEndPoint)_receiver.LocalEndPoint!).Port;

    /// <summary>Sends exactly that number, as fast as the kernel takes them.</summary>
    public void Send(long count) => DatagramFlood.Send(_sender.SafeHandle, (IPEndPoint)_receiver.LocalEndPoint!, Datagram, count);

    public void Dispose()
    {
        _receiver.Dispose();
        _sender.Dispose();
    }
}
