using System.Net;
using System.Net.Sockets;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.Preflight;

/// <summary>
/// Provokes a harmless drop, a datagram to a closed loopback port, and looks whether it arrives. No drops and no working monitor look
/// alike from outside; this tells them apart.
/// </summary>
internal sealed class ControlDrop(SourceDescriptor source, TimeSpan patience)
{
    private const ushort Ipv4 = 0x0800;
    private static readonly TimeSpan BetweenDatagrams = TimeSpan.FromMilliseconds(100);

    /// <summary>What each datagram holds.</summary>
    public static ReadOnlySpan<byte> Sent => "dropmon control drop"u8;

    /// <summary>Opens the source and tries.</summary>
    public Outcome Try()
    {
        if (source.Probe() is { } lacking)
        {
            return new Outcome { OpenError = lacking };
        }

        try
        {
            using DropMonitor monitor = DropMonitor.Start(new DropMonitorOptions { Source = source.Name }, new SourceCatalog(source));
            return Watch(monitor);
        }
        catch (DropMonException error)
        {
            return new Outcome { OpenError = error };
        }
    }

    private Outcome Watch(DropMonitor monitor)
    {
        long start = Environment.TickCount64;
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            sender.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var batch = new DropAlert[256];
            while (Environment.TickCount64 - start < patience.TotalMilliseconds)
            {
                Send(sender);
                for (int taken; (taken = monitor.Take(batch, BetweenDatagrams)) > 0;)
                {
                    if (Array.Find(batch[..taken], alert => IsMine(alert, monitor.GetStatus(), sender)) is { } mine)
                    {
                        return new Outcome
                        {
                            Alert = mine,
                            Status = monitor.GetStatus(),
                            After = TimeSpan.FromMilliseconds(Environment.TickCount64 - start)
                        };
                    }
                }
            }
        }
        catch (SocketException error)
        {
            return new Outcome { Status = monitor.GetStatus(), SendError = error };
        }

        return new Outcome { Status = monitor.GetStatus() };
    }

    // A port that was free a moment ago and that no other program knows.
    private static void Send(Socket sender)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        probe.Dispose();
        sender.SendTo(Sent, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, port));
    }

    private static bool IsMine(DropAlert alert, DropMonitorStatus status, Socket sender)
    {
        if (alert.Packet is { } packet)
        {
            return packet.SourcePort == ((IPEndPoint)sender.LocalEndPoint!).Port;
        }

        // A loopback drop runs in the sender's context. Summaries tell neither process nor packet: the place must do.
        return status.Mode == DropAlertMode.Summary
            ? alert.Function?.Contains("udp", StringComparison.Ordinal) == true
            : alert.ProcessId == Environment.ProcessId && alert.EtherType == Ipv4;
    }

    /// <summary>How it went.</summary>
    internal sealed record Outcome
    {
        /// <summary>Why the source could not be opened.</summary>
        public DropMonException? OpenError { get; init; }

        /// <summary>Why the datagram could not be sent.</summary>
        public SocketException? SendError { get; init; }

        /// <summary>The drop as it arrived.</summary>
        public DropAlert? Alert { get; init; }

        /// <summary>How long it took.</summary>
        public TimeSpan After { get; init; }

        /// <summary>The monitor's status when it arrived, or was given up.</summary>
        public DropMonitorStatus? Status { get; init; }
    }
}
