using System.Net;
using System.Net.Sockets;

namespace DropMon.Cli.Watch;

/// <summary>Sends a few datagrams to closed loopback ports, so that a newcomer on a quiet machine sees drops.</summary>
internal sealed class DemoTraffic : IDisposable
{
    private const int Datagrams = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    private DemoTraffic() => _thread = new Thread(Send) { IsBackground = true, Name = "Demo traffic" };

    public static DemoTraffic Start()
    {
        var traffic = new DemoTraffic();
        traffic._thread.Start();
        return traffic;
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Send()
    {
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < Datagrams && !_stop.IsSet; i++)
        {
            sender.SendTo("dropmon demo"u8, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, FindClosedPort()));
            _stop.Wait(Interval);
        }
    }

    // A port that was free a moment ago and that no other program knows.
    private static int FindClosedPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
