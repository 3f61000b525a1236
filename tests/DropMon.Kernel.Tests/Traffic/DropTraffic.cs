using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Traffic;

/// <summary>
/// Datagrams to a loopback port that is closed: each is exactly one drop.
/// </summary>
internal sealed class DropTraffic : IDisposable
{
    private readonly Socket _sender;
    private readonly IPEndPoint _target;

    private DropTraffic(IPAddress loopback)
    {
        _sender = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _sender.Bind(new IPEndPoint(loopback, 0));
        _target = new IPEndPoint(loopback, FindClosedPort(loopback));
    }

    /// <summary>To 127.0.0.1.</summary>
    public static DropTraffic Ipv4() => new(IPAddress.Loopback);

    /// <summary>To ::1.</summary>
    public static DropTraffic Ipv6() => new(IPAddress.IPv6Loopback);

    /// <summary>The closed port.</summary>
    public int Port => _target.Port;

    /// <summary>The port the datagrams come from.</summary>
    public int SourcePort => ((IPEndPoint)_sender.LocalEndPoint!).Port;

    /// <summary>What each datagram holds.</summary>
    public byte[] Payload { get; init; } = "dropmon scenario"u8.ToArray();

    /// <summary>
    /// How many datagrams to a closed port this network namespace has counted (Udp NoPorts of /proc/net/snmp): a second witness.
    /// </summary>
    public static long NoPorts()
    {
        string[][] lines = [.. File.ReadLines("/proc/thread-self/net/snmp")
            .Where(line => line.StartsWith("Udp:", StringComparison.Ordinal)).Select(line => line.Split(' '))];
        return long.Parse(lines[1][Array.IndexOf(lines[0], "NoPorts")], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Whether an alert is of this traffic: by its ports; where the source tells no packet, by the process in whose context a datagram to
    /// ourselves is dropped, and else by the function alone.
    /// </summary>
    public bool Owns(DropAlert alert) =>
        alert.Packet is { } packet ? packet.SourcePort == SourcePort && packet.DestinationPort == Port
        : IsReceiver(alert.Function) && (alert.ProcessId is not { } process || process == Environment.ProcessId || IsDeferred(alert));

    /// <summary>Sends exactly that number, as fast as the kernel takes them.</summary>
    public void Send(long count) => DatagramFlood.Send(_sender.SafeHandle, _target, Payload, count);

    public void Dispose() => _sender.Dispose();

    // What a machine has no time for at once is left to a thread of the kernel, and nobody can tell whose it was, except where nobody else
    // sends.
    private static bool IsDeferred(DropAlert alert) => KernelUnderTest.IsOfTheRig
        && alert.ProcessName?.StartsWith("ksoftirqd/", StringComparison.Ordinal) == true;

    // Where the kernel gives up on a datagram that nobody wants: an inline part of udp_rcv from 7.0 on, a function of its own before.
    private bool IsReceiver(string? function) =>
        _target.AddressFamily == AddressFamily.InterNetwork
            ? function is "__udp4_lib_rcv" or "udp_rcv" : function is "__udp6_lib_rcv" or "udpv6_rcv";

    private static int FindClosedPort(IPAddress address)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
