using System.Net;
using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

public class BoundSocketProbeTests
{
    private const int Port = 5353;

    private static readonly KernelLink[] Links =
    [
        new(2, "eth0", null, []),
        new(3, "dummy0", "dummy", []),
        new(4, "red", "vrf", []),
        new(5, "eth1", null, []) { Master = 4 },
    ];

    private static readonly InetSocket Socket = new("udp", IPAddress.Any, Port, 0, 7, 0, 4711, 0) { Device = 0 };

    [Fact]
    public void A_socket_on_another_address_confirms() =>
        Confirms(Socket with { LocalAddress = IPAddress.Loopback }, "bound to 127.0.0.1, not to 192.0.2.7");

    [Fact]
    public void A_socket_on_another_device_confirms() =>
        Confirms(Socket with { Device = 3 }, "bound to the device dummy0, and the packet came by eth0");

    [Fact]
    public void A_socket_on_a_VRF_confirms_where_the_packet_came_by_none() =>
        Confirms(Socket with { Device = 4 }, "bound to the device red, and the packet came by eth0");

    [Theory]
    [InlineData("red")]
    [InlineData("eth1")]
    public void A_socket_on_no_VRF_confirms_where_the_packet_came_by_one(string interfaceName) =>
        Confirms(Socket, "udp_l3mdev_accept is 0", interfaceName, new FakeMachine().File("/proc/sys/net/ipv4/udp_l3mdev_accept", "0\n"));

    [Fact]
    public void A_socket_of_IPv6_only_confirms() =>
        Confirms(Socket with { Protocol = "udp6", LocalAddress = IPAddress.IPv6Any, IsVersion6Only = true }, "takes IPv6 only");

    [Theory]
    [InlineData("192.0.2.9", 40000)]
    [InlineData("192.0.2.1", 53)]
    public void A_socket_that_is_connected_to_another_peer_confirms(string peer, int port) =>
        Confirms(Socket with { RemoteAddress = IPAddress.Parse(peer), RemotePort = port }, $"connected to {peer}:{port}");

    [Fact]
    public void A_socket_that_fits_now_decides_nothing()
    {
        DropEvidence evidence = Of(Socket, "eth0");

        Assert.Equal(EvidenceVerdict.Neutral, evidence.Verdict);
        Assert.Contains("opened after the drop", evidence.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("eth1")]
    public void A_socket_on_the_VRF_fits_packets_of_its_devices(string interfaceName) =>
        Assert.Contains("opened after the drop", Of(Socket with { Device = 4 }, interfaceName).Finding, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_known_of_the_socket_is_said_and_decides_nothing()
    {
        DropEvidence evidence = Of(Socket with { Device = null }, "eth0");

        Assert.Equal(EvidenceVerdict.Neutral, evidence.Verdict);
        Assert.Contains("whether it is bound to a device is not known", evidence.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_of_the_packet_is_said_and_decides_nothing()
    {
        DropEvidence evidence = Of(Socket with { Device = 3 }, null);

        Assert.Equal(EvidenceVerdict.Neutral, evidence.Verdict);
        Assert.Contains("the device that the packet came by is not known", evidence.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_port_decides_nothing_and_says_where_it_was_looked_for()
    {
        DropEvidence evidence = Assert.Single(new FakeMachine().Collect(Query("eth0")));

        Assert.Equal(("port 5353", EvidenceVerdict.Neutral), (evidence.Subject, evidence.Verdict));
        Assert.Contains("in this network namespace", evidence.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Sockets_that_share_the_port_are_said_to() =>
        Assert.Contains(new FakeMachine().With(Links).With(Socket, Socket).Collect(Query("eth0")),
            item => item is { Value: "2", Verdict: EvidenceVerdict.Neutral });

    [Fact]
    public void Without_a_class_sockets_of_both_protocols_are_looked_at()
    {
        FakeMachine machine = new FakeMachine().With(
            Socket with { Protocol = "tcp6", LocalAddress = IPAddress.IPv6Any, LocalPort = 22, State = 10 });

        Assert.Contains(machine.Collect(new EvidenceQuery { Reason = "NO_SOCKET", DestinationPort = 22 }),
            item => item.Subject == "tcp6 [::]:22");
    }

    private static void Confirms(InetSocket socket, string why, string interfaceName = "eth0", FakeMachine? machine = null)
    {
        DropEvidence evidence = Of(socket, interfaceName, machine);

        Assert.Contains(why, evidence.Finding, StringComparison.Ordinal);
        Assert.Equal(EvidenceVerdict.Confirms, evidence.Verdict);
    }

    private static DropEvidence Of(InetSocket socket, string? interfaceName, FakeMachine? machine = null) =>
        Assert.Single((machine ?? new FakeMachine()).With(Links).With(socket).Collect(Query(interfaceName)));

    private static EvidenceQuery Query(string? interfaceName) => new()
    {
        Reason = "NO_SOCKET",
        Class = DropClass.Udp,
        InterfaceName = interfaceName,
        SourceAddress = IPAddress.Parse("192.0.2.1"),
        SourcePort = 40000,
        DestinationAddress = IPAddress.Parse("192.0.2.7"),
        DestinationPort = Port,
    };
}
