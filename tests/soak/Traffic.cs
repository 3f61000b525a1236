using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DropMon.Soak;

/// <summary>
/// Sends loopback packets of an IP protocol that nobody speaks, at a steady rate. The kernel drops each, for a reason (IP_NOPROTO) that
/// hardly anything else on a machine provokes: so they can be distinguished from other drops, and counted.
/// </summary>
internal sealed class Traffic : IDisposable
{
    public const string Reason = "IP_NOPROTO";

    private const byte Protocol = 253; // RFC 3692: for experiments
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Packet =
    [
        0x45, 0, 0, 28, 0, 0, 0, 0, 64, Protocol, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1,
        (byte)'d', (byte)'r', (byte)'o', (byte)'p', (byte)'m', (byte)'o', (byte)'n', 0,
    ];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Raw) { SendBufferSize = 1 << 20 };
    private readonly IPEndPoint _target = new(IPAddress.Loopback, 0);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly int _rate;
    private long _sent;

    public Traffic(int rate)
    {
        _rate = rate;
        _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.HeaderIncluded, true);
        _thread = new Thread(Run) { IsBackground = true, Name = "Traffic" };
    }

    public long Sent => Interlocked.Read(ref _sent);

    public void Start() => _thread.Start();

    /// <summary>Sends one packet.</summary>
    public void SendOne()
    {
        _socket.SendTo(Packet, _target);
        Interlocked.Increment(ref _sent);
    }

    public void Stop()
    {
        _stop.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    public void Dispose()
    {
        Stop();
        _socket.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        var time = Stopwatch.StartNew();
        long mine = 0;
        while (!_stop.Wait(Tick))
        {
            for (long due = (long)(time.Elapsed.TotalSeconds * _rate); mine < due && !_stop.IsSet; mine++)
            {
                SendOne();
            }
        }
    }
}
