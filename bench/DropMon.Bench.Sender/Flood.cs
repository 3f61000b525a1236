using System.Net;
using System.Net.Sockets;
using DropMon.Bench.Sender.Native;

namespace DropMon.Bench.Sender;

/// <summary>Sends datagrams to a loopback port that nobody listens at: the kernel drops each for NO_SOCKET.</summary>
internal sealed class Flood : IDisposable
{
    private const int PacketSize = 64;
    private const int BatchSize = 64; // packets a system call
    private const long TickNanoseconds = 1_000_000; // how long to sleep when ahead of the rate

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly DatagramBatch _batch;

    /// <param name="port">The port; 0 for one that was free a moment ago.</param>
    /// <param name="cpu">Where to run; null for anywhere.</param>
    public Flood(int port, int? cpu)
    {
        if (cpu is { } number)
        {
            ThreadCpu.Pin(number);
        }

        _batch = new DatagramBatch(BatchSize, PacketSize, (ushort)(port != 0 ? port : FindClosedPort()));
    }

    /// <summary>Sends.</summary>
    /// <param name="count">How many packets.</param>
    /// <param name="rate">Packets a second; 0 for as fast as it goes.</param>
    public FloodResult Send(long count, long rate)
    {
        int descriptor = (int)_socket.Handle;
        // The first packets pay for what is not there yet.
        _batch.Send(descriptor, 1);
        long cpu = ThreadCpu.Nanoseconds();
        long start = ThreadCpu.MonotonicNanoseconds();
        long sent = 0;
        while (sent < count)
        {
            long due = rate == 0 ? count : Math.Min(count, (long)((ThreadCpu.MonotonicNanoseconds() - start) / 1e9 * rate) + 1);
            if (sent >= due)
            {
                ThreadCpu.Sleep(TickNanoseconds);
                continue;
            }

            sent += _batch.Send(descriptor, (int)Math.Min(due - sent, BatchSize));
        }

        return new FloodResult(sent, ThreadCpu.MonotonicNanoseconds() - start, ThreadCpu.Nanoseconds() - cpu);
    }

    public void Dispose()
    {
        _batch.Dispose();
        _socket.Dispose();
    }

    private static int FindClosedPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
