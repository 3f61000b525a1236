using System.Net;
using System.Net.Sockets;
using DropMon.Evidence;
using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// Sockets, rings and VLANs that do not take a packet, as this kernel has them: the evidence must say why, and never the contrary.
/// </summary>
public sealed class SocketEvidenceScenarios
{
    private const int Port = 6300;
    private const int Count = 3;
    private const int BindToDevice = 25; // SO_BINDTODEVICE
    private const int SolSocket = 1;

    private static readonly byte[] Frame = Frames.Ethernet(Frames.Ipv4Type, Frames.Ipv4(Frames.Udp, Frames.Datagram(Port)));

    private static string Here => $"({Environment.ProcessId})";

    /// <summary>With a reason as of 6.1, and without one as of 5.10: any kernel will do.</summary>
    public static TheoryData<string?, string> Places => new() { { "NO_SOCKET", "udp_rcv" }, { null, "__udp4_lib_rcv" } };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_socket_that_is_bound_to_another_device_is_named_with_it(string? reason, string function)
    {
        using var pair = new NamespacePair();
        pair.Receiver.Shell("ip link add c0 type veth peer name c1; ip link set c0 up");
        Open(pair, socket => BindTo(socket, "c0"));

        DropEvidence found = Refused(pair, "b0", reason, function);

        Assert.StartsWith($"udp 0.0.0.0:{Port} of ", found.Subject, StringComparison.Ordinal);
        Assert.EndsWith(Here, found.Subject, StringComparison.Ordinal);
        Assert.Contains("bound to the device c0, and the packet came by b0", found.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b0")]
    [InlineData("red")]
    public void A_socket_outside_the_VRF_that_the_packet_came_by_is_named_with_it(string interfaceName)
    {
        using var pair = new NamespacePair();
        if (pair.Receiver.TryShell("ip link add red type vrf table 10; ip link set red up; ip link set b0 master red; sysctl -qw "
            + "net.ipv4.udp_l3mdev_accept=0") is { Code: not 0 } missing)
        {
            Assert.Skip($"This kernel has no VRF: {missing.Said}");
        }

        Open(pair, _ => { });

        Assert.Contains("net.ipv4.udp_l3mdev_accept is 0", Refused(pair, interfaceName, "NO_SOCKET", "udp_rcv").Finding,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_is_bound_to_another_address_is_named_with_it()
    {
        using var pair = new NamespacePair();
        Open(pair, _ => { }, IPAddress.Loopback);

        Assert.Contains($"bound to 127.0.0.1, not to {NamespacePair.ReceiverAddress}", Refused(pair, "b0", "NO_SOCKET", "udp_rcv").Finding,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_takes_IPv6_only_is_named_with_it()
    {
        using var pair = new NamespacePair();
        Open(pair, socket => socket.DualMode = false, IPAddress.IPv6Any);

        Assert.Contains("IPV6_V6ONLY", Refused(pair, "b0", "NO_SOCKET", "udp_rcv").Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_is_connected_to_another_peer_is_named_with_it()
    {
        using var pair = new NamespacePair();
        Socket opened = Open(pair, _ => { });
        pair.Receiver.Run(() => opened.Connect(NamespacePair.SenderAddress, 7));

        Assert.Contains($"connected to {NamespacePair.SenderAddress}:7", Refused(pair, "b0", "NO_SOCKET", "udp_rcv").Finding,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_that_takes_the_packet_now_is_no_witness_of_anything()
    {
        using var pair = new NamespacePair();
        Drop(pair);
        Open(pair, _ => { });

        Assert.All(Find(pair, "b0", "NO_SOCKET", "udp_rcv"), found => Assert.Equal(EvidenceVerdict.Neutral, found.Verdict));
    }

    [Fact]
    public void The_drops_of_a_ring_are_no_counter_and_its_owner_is_named_instead()
    {
        using var pair = new NamespacePair();
        PacketRing ring = pair.Receiver.Run(() => pair.Receiver.Keep(new PacketRing("b0")));
        pair.Send(10, _ => Frame);

        DropCounterSnapshot counters = pair.Receiver.Run(DropCounterSnapshot.Read);
        DropEvidence[] found = Collect(pair, new() { Reason = "PACKET_SOCK_ERROR", Function = "tpacket_rcv", InterfaceName = "b0" });

        Assert.NotEqual(0u, ring.TakeDrops());
        Assert.DoesNotContain(counters.Counters, counter => counter.Socket?.Protocol == "packet");
        Assert.Contains(counters.Warnings, warning => warning.Error.Message.Contains("PACKET_STATISTICS", StringComparison.Ordinal)
            && warning.Error.Message.Contains(Here, StringComparison.Ordinal));
        DropEvidence socket = Assert.Single(found,
            evidence => evidence.Subject.StartsWith("packet 0x0003 on b0 of ", StringComparison.Ordinal));
        Assert.EndsWith(Here, socket.Subject, StringComparison.Ordinal);
        Assert.Contains("PACKET_STATISTICS", socket.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_socket_without_a_ring_keeps_its_counter()
    {
        using var pair = new NamespacePair();
        pair.Receiver.Run(() => pair.Receiver.Keep(new FrameSocket("b0")));

        DropCounterSnapshot counters = pair.Receiver.Run(DropCounterSnapshot.Read);

        Assert.Single(counters.Counters, counter => counter.Socket?.Protocol == "packet");
        Assert.DoesNotContain(counters.Warnings, warning => warning.Error.Message.Contains("PACKET_STATISTICS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ip link add link b0 name b0.7 type vlan id 7; ip link set b0.7 up")]
    public void A_tagged_frame_for_this_hosts_own_address_points_to_the_VLAN_that_has_no_device(string? devices)
    {
        using var pair = new NamespacePair();
        if (devices is not null && pair.Receiver.TryShell(devices) is { Code: not 0 } missing)
        {
            Assert.Skip($"This kernel has no VLANs: {missing.Said}");
        }

        pair.Send(Count, _ => Frames.Ethernet(0x8100, [0, 100, .. Frame.AsSpan(12)]));

        DropEvidence found = Confirmed(Collect(pair, EvidenceQuery.Of(Alert("OTHERHOST", "ip_rcv_core", "b0", DropClass.Ipv4))));
        Assert.Contains("this host's own address of b0", found.Finding, StringComparison.Ordinal);
        Assert.Contains(devices is null ? "no VLAN device" : "devices for the VLANs 7", found.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_for_another_hosts_address_confirms_no_VLAN()
    {
        using var pair = new NamespacePair();
        byte[] frame = Frames.Ethernet(Frames.Ipv4Type, Frames.Ipv4(Frames.Udp, Frames.Datagram(Port)), [2, 0, 0, 0, 0, 0x77]);
        pair.Send(Count, _ => frame);

        Assert.All(Collect(pair, EvidenceQuery.Of(Alert("OTHERHOST", "ip_rcv_core", "b0", DropClass.Ipv4, frame))),
            found => Assert.Equal(EvidenceVerdict.Neutral, found.Verdict));
    }

    private static Socket Open(NamespacePair pair, Action<Socket> prepare, IPAddress? address = null) => pair.Receiver.Run(() =>
    {
        address ??= IPAddress.Any;
        Socket socket = pair.Receiver.Keep(new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        prepare(socket);
        socket.Bind(new IPEndPoint(address, Port));
        return socket;
    });

    private static void BindTo(Socket socket, string device) =>
        socket.SetRawSocketOption(SolSocket, BindToDevice, System.Text.Encoding.ASCII.GetBytes(device + '\0'));

    /// <summary>The kernel must refuse the packets, and the evidence name the one socket that it is looked up against.</summary>
    private static DropEvidence Refused(NamespacePair pair, string interfaceName, string? reason, string function)
    {
        Drop(pair);
        return Confirmed(Find(pair, interfaceName, reason, function));
    }

    private static void Drop(NamespacePair pair)
    {
        long before = pair.Value("Udp.NoPorts");
        pair.Send(Count, _ => Frame);
        Assert.Equal(before + Count, pair.Value("Udp.NoPorts"));
    }

    private static DropEvidence[] Find(NamespacePair pair, string interfaceName, string? reason, string function) =>
        Collect(pair, EvidenceQuery.Of(Alert(reason, function, interfaceName, DropClass.Udp)));

    private static DropAlert Alert(string? reason, string function, string interfaceName, DropClass dropClass, byte[]? frame = null) => new(
        new DropSite { Reason = reason, ReasonSubsystem = reason is null ? null : "core", Function = function, Class = dropClass },
            DateTimeOffset.UnixEpoch)
    {
        InterfaceName = interfaceName,
        EtherType = Frames.Ipv4Type,
        Payload = frame ?? Frame,
    };

    private static DropEvidence[] Collect(NamespacePair pair, EvidenceQuery query) =>
        pair.Receiver.Run(() => EvidenceCollector.Create(new ThreadMachine(), clock: new TrafficClock())
            .Collect(query, TestContext.Current.CancellationToken).ToArray());

    private static DropEvidence Confirmed(DropEvidence[] found) =>
        Assert.Single(found, evidence => evidence.Verdict == EvidenceVerdict.Confirms);
}
