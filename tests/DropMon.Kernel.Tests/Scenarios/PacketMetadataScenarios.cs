using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DropMon.Filters;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The numbers that the kernel keeps beside a packet's bytes.</summary>
public sealed class PacketMetadataScenarios(KernelUnderTest kernel)
{
    private const int SocketLevel = 1, MarkOption = 36, PriorityOption = 12; // SOL_SOCKET, SO_MARK, SO_PRIORITY
    private const int UdpLevel = 17, SegmentOption = 103; // SOL_UDP, UDP_SEGMENT
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly DropMonitorOptions Options = new()
    {
        Source = "Ebpf",
        Filter = DropFilter.None.With(FilterField.Protocol, "UDP"),
    };

    [Fact]
    public void Mark_and_priority_are_those_that_the_sender_set()
    {
        DropAlert alert = Send(new byte[16], (SocketLevel, MarkOption, 4711), (SocketLevel, PriorityOption, 5));

        Assert.Equal((4711UL, 5UL), (alert.Mark, alert.Priority));
    }

    [Fact]
    public void A_packet_without_mark_tag_and_segments_has_none()
    {
        DropAlert alert = Send(new byte[16]);

        Assert.Equal(default((ulong?, int?, int?, int?)), (alert.Mark, alert.VlanId, alert.GsoSize, alert.GsoSegments));
    }

    [Fact]
    public void Segments_are_those_that_the_packet_is_to_be_cut_into()
    {
        DropAlert alert = Send(new byte[1000], (UdpLevel, SegmentOption, 100));

        // Linux 5.10 cuts it before the loopback device: then each segment is a packet of its own.
        Assert.Equal(alert.OriginalLength > 1000 ? (100, 10) : default((int?, int?)), (alert.GsoSize, alert.GsoSegments));
    }

    [Fact]
    public void A_vlan_is_that_of_the_tag_beside_the_bytes()
    {
        kernel.Require(KernelFeature.Ebpf);
        string name = $"dropmon-vlan-{Environment.ProcessId}";
        Run($"ip netns add {name}");
        try
        {
            bool hasDevices = Succeeds(
                $"ip -n {name} link add d0 type dummy; ip -n {name} link add link d0 name d0.100 type vlan id 100", out string whyNot);
            Assert.SkipUnless(hasDevices || kernel.IsQuiet, $"this kernel lacks dummy or VLAN devices: {whyNot}");
            Run($"""
                ip -n {name} addr add 192.0.2.1/24 dev d0.100
                ip -n {name} link set d0 up
                ip -n {name} link set d0.100 up
                ip -n {name} neigh replace 192.0.2.2 lladdr 02:00:00:00:00:02 dev d0.100 nud permanent
                tc -n {name} qdisc replace dev d0 root pfifo limit 0
                """);
            using DropMonitor monitor = DropMonitor.Start(Options);
            Run($"ip netns exec {name} bash -c 'echo x >/dev/udp/192.0.2.2/9' || true");

            Assert.Equal(100, Take(monitor, alert => alert.InterfaceName == "d0").VlanId);
        }
        finally
        {
            Run($"ip netns delete {name}");
        }
    }

    private DropAlert Send(byte[] bytes, params (int Level, int Option, int Value)[] options)
    {
        kernel.Require(KernelFeature.Ebpf);
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        foreach ((int level, int option, int value) in options)
        {
            sender.SetRawSocketOption(level, option, BitConverter.GetBytes(value));
        }

        sender.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)sender.LocalEndPoint!).Port;
        using DropMonitor monitor = DropMonitor.Start(Options with { Filter = Options.Filter.With(FilterField.SourcePort, $"{port}") });
        sender.SendTo(bytes, new IPEndPoint(IPAddress.Loopback, 9));
        return Take(monitor, _ => true);
    }

    private static DropAlert Take(DropMonitor monitor, Func<DropAlert, bool> isMine)
    {
        var batch = new DropAlert[64];
        var clock = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(clock.Elapsed < Patience, "The drop was not reported.");
            int taken = monitor.Take(batch, TimeSpan.FromMilliseconds(100));
            if (batch[..taken].FirstOrDefault(isMine) is { } mine)
            {
                return mine;
            }
        }
    }

    private static void Run(string script) => Assert.True(Succeeds(script, out string errors), $"{script}: {errors}");

    private static bool Succeeds(string script, out string errors)
    {
        using var shell = new ChildProcess("bash", ["-ec", script]);
        bool succeeds = shell.WaitForExit() == 0;
        errors = $"{shell.Errors}";
        return succeeds;
    }
}
