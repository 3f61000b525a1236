using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DropMon.Evidence;
using DropMon.KernelTests.Kernel;

namespace DropMon.KernelTests.Causes;

/// <summary>Real causes of drops, while they last: the evidence must name the culprit.</summary>
public sealed class EvidenceScenarios
{
    private const int Count = 5;
    private const int Port = 4242;
    private const string Nobody = "10.77.0.99";
    private static readonly IPAddress Receiver = IPAddress.Parse(NamespacePair.ReceiverAddress);
    private static readonly IPAddress Elsewhere = IPAddress.Parse("203.0.113.5");

    private readonly KernelUnderTest _kernel;

    public EvidenceScenarios(KernelUnderTest kernel)
    {
        kernel.Require(KernelFeature.Tracepoint);
        _kernel = kernel;
    }

    private static string Here => $"({Environment.ProcessId})";

    [Fact]
    public void A_full_receive_buffer_is_traced_to_its_socket_its_process_and_how_much_it_dropped()
    {
        DropEvidence[] found = Of("a datagram that finds the receive buffer full",
            new() { Reason = "SOCKET_RCVBUFF", Class = DropClass.Udp, DestinationPort = Port });

        DropEvidence socket = Confirmed(found, $"udp 0.0.0.0:{Port} of ");
        Assert.EndsWith(Here, socket.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("drops=0", socket.Value!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_socket_is_found_without_knowing_the_port() =>
        Confirmed(Of("a datagram that finds the receive buffer full", new() { Reason = "SOCKET_RCVBUFF" }), $"udp 0.0.0.0:{Port} of ");

    [Fact]
    public void A_port_where_nobody_listens_is_found_to_be_one()
    {
        DropEvidence[] found = Of("a datagram for a closed port", new()
        {
            Reason = "NO_SOCKET",
            Class = DropClass.Udp,
            Function = "udp_rcv",
            DestinationPort = Port,
            DestinationAddress = Receiver,
        }, settled: "Udp.NoPorts");

        Shown(found, $"port {Port}");
        Assert.Equal(Count.ToString(CultureInfo.InvariantCulture), Shown(found, "Udp.NoPorts").Value);
    }

    [Fact]
    public void A_service_that_listens_on_another_address_is_named()
    {
        DropEvidence[] found = Of("a datagram for a closed port",
            new() { Reason = "NO_SOCKET", Class = DropClass.Udp, DestinationPort = Port, DestinationAddress = Receiver },
                pair => pair.Receiver.Run(() =>
            pair.Receiver.Keep(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
                .Bind(new IPEndPoint(IPAddress.Loopback, Port))));

        DropEvidence socket = Confirmed(found, $"udp 127.0.0.1:{Port} of ");
        Assert.EndsWith(Here, socket.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accept_queue_that_is_full_is_traced_to_its_socket_and_process()
    {
        using var pair = new NamespacePair();
        TransportCauses.Listen(pair);
        for (int i = 0; i < 2; i++)
        {
            // Nobody accepts. One more than the limit fits.
            pair.Sender.Run(() => pair.Sender.Keep(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
                .Connect(NamespacePair.ReceiverAddress, Port));
        }

        DropEvidence socket = Confirmed(Collect(
            pair, new() { Reason = "TCP_LISTEN_OVERFLOW", Class = DropClass.Tcp, DestinationPort = Port }), $"tcp 0.0.0.0:{Port} of ");

        Assert.Equal("2/1", socket.Value);
        Assert.EndsWith(Here, socket.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reverse_path_filter_is_found_with_its_setting_and_the_missing_way_back()
    {
        DropEvidence[] found = Of("a source address that does not lead back (reverse path filter)", new()
        {
            Reason = "IP_RPFILTER",
            InterfaceName = "b0",
            SourceAddress = IPAddress.Parse("198.51.100.7"),
        });

        Assert.Equal("all=1 b0=1", Shown(found, "rp_filter of b0").Value);
        Confirmed(found, "route to 198.51.100.7");
        Assert.Equal(Count.ToString(CultureInfo.InvariantCulture), Shown(found, "TcpExt.IPReversePathFilter").Value);
    }

    [Fact]
    public void The_rule_that_drops_is_found_with_its_chain_and_its_count()
    {
        DropEvidence rule = Confirmed(Of("a packet that a rule of nftables drops", new() { Reason = "NETFILTER_DROP" }, goesOn: true),
            "rule ");

        Assert.EndsWith(" of ip t c", rule.Subject, StringComparison.Ordinal);
        Assert.Contains($"{Count * 2} packets have met it, {Count} of them in the last 1 s.", rule.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nf_hook_slow")]
    [InlineData("nft_do_chain")]
    public void Without_a_reason_as_before_Linux_5_17_the_rule_that_drops_is_found_by_the_function(string function)
    {
        DropEvidence rule = Confirmed(Of("a packet that a rule of nftables drops",
            new() { Function = function, Class = DropClass.Netfilter }, goesOn: true), "rule ");

        Assert.Contains($"{Count} of them in the last 1 s.", rule.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b0")]
    [InlineData(null)]
    public void The_queue_that_is_full_is_found_with_its_limit(string? interfaceName)
    {
        DropEvidence queue = Confirmed(Of("a packet that finds its queue full",
            new() { Reason = "QDISC_DROP", InterfaceName = interfaceName }), "qdisc pfifo ");

        Assert.EndsWith(" on b0", queue.Subject, StringComparison.Ordinal);
        Assert.Contains($"dropped {Count} packets", queue.Finding, StringComparison.Ordinal);
        Assert.Contains("limit is 0", queue.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_carrier_is_found_by_its_state_since_no_queue_counts()
    {
        DropEvidence[] found = Of("a packet for a device without carrier", new() { Reason = "QDISC_DROP", InterfaceName = "b0" });

        Assert.Equal("no carrier", Confirmed(found, "b0").Value);
        Assert.DoesNotContain(found, item => item.Verdict == EvidenceVerdict.Confirms && item.Subject.StartsWith(
            "qdisc", StringComparison.Ordinal));
    }

    [Fact]
    public void The_member_of_a_bond_that_is_not_active_is_found_by_its_state() =>
        Assert.Equal("backup", Confirmed(Of("a packet that comes by the member of a bond that is not active",
            new() { Reason = "UNHANDLED_PROTO", InterfaceName = "b0" }), "b0").Value);

    [Fact]
    public void A_VLAN_device_that_is_down_is_found_by_its_state() =>
        Assert.Equal("down", Confirmed(Of("a tagged frame for a VLAN device that is down",
            new() { Function = "vlan_do_receive", Class = DropClass.Device, InterfaceName = "b0.7" }), "b0.7").Value);

    [Fact]
    public void The_input_queue_where_an_action_drops_is_found() =>
        Assert.Contains(
            $"dropped {Count} packets",
            Shown(Of("a packet that an action of traffic control drops on input", new() { Reason = "TC_INGRESS" }), "qdisc clsact ")
                .Finding,
            StringComparison.Ordinal);

    [Fact]
    public void The_neighbour_that_does_not_answer_is_named()
    {
        // Its questions go unanswered for a second or three.
        DropEvidence[] found = Of("packets for a neighbour that does not answer",
            new() { Reason = "NEIGH_FAILED", DestinationAddress = IPAddress.Parse(Nobody) });

        Assert.Contains(Confirmed(found, $"neighbour {Nobody} on b0").Value, new[] { "INCOMPLETE", "FAILED" });
    }

    [Fact]
    public void The_neighbour_whose_queue_is_full_is_named_and_how_much_may_wait()
    {
        DropEvidence[] found = Of("too many packets for one neighbour", new() { Reason = "NEIGH_QUEUEFULL" });

        Assert.Equal("INCOMPLETE", Confirmed(found, $"neighbour {Nobody} on b0").Value);
        Assert.Single(found, evidence => evidence is { Subject: "unres_qlen_bytes of b0", Value: not null });
    }

    [Fact]
    public void The_interface_where_IPv6_is_off_is_named() =>
        Confirmed(Of("IPv6 where it is off", new() { Reason = "IPV6DISABLED", InterfaceName = "b0" }), "disable_ipv6 of b0");

    [Fact]
    public void Forwarding_that_is_off_is_found_where_the_packet_came_in() =>
        Assert.Equal("0", Confirmed(Of("a packet to forward where forwarding is off", new()
        {
            Reason = "IP_INADDRERRORS",
            Class = DropClass.Ipv4,
            InterfaceName = "b0",
            DestinationAddress = Elsewhere,
        }), "IPv4 forwarding of b0").Value);

    [Fact]
    public void A_route_that_is_missing_is_found_to_be()
    {
        DropEvidence[] found = Of("a packet to forward without a route",
            new() { Reason = "IP_INNOROUTES", Class = DropClass.Ipv4, InterfaceName = "b0", DestinationAddress = Elsewhere });

        Confirmed(found, $"route to {Elsewhere}");
        Assert.DoesNotContain(found, evidence => evidence.Verdict == EvidenceVerdict.Confirms
            && evidence.Subject.Contains("forwarding", StringComparison.Ordinal));
    }

    [Fact]
    public void Fragments_that_wait_for_their_rest_are_counted()
    {
        DropCause cause = CauseRuns.Causes["fragments whose rest never comes"];
        using var pair = new NamespacePair();
        pair.Receiver.Shell("sysctl -qw net.ipv4.ipfrag_time=600");
        cause.Provoke(pair, Count);

        DropEvidence[] found = Collect(pair, new() { Reason = "FRAG_REASM_TIMEOUT", Class = DropClass.Ipv4 });

        Assert.StartsWith($"{Count} incomplete packets ", Assert.Single(found, evidence => evidence.Subject == "IPv4 reassembly").Finding,
            StringComparison.Ordinal);
        Assert.Equal("600", Assert.Single(found, evidence => evidence.Subject == "ipfrag_time").Value);
    }

    [Theory]
    [InlineData("SOCKET_RCVBUFF")]
    [InlineData("NETFILTER_DROP")]
    [InlineData("QDISC_DROP")]
    [InlineData("NEIGH_FAILED")]
    [InlineData("IPV6DISABLED")]
    [InlineData("OTHERHOST")]
    [InlineData("DEV_READY")]
    [InlineData("IP_INADDRERRORS")]
    public void Where_nothing_is_wrong_nothing_is_confirmed(string reason)
    {
        using var pair = new NamespacePair();
        pair.AddIpv6();
        pair.Receiver.Shell("sysctl -qw net.ipv6.conf.lo.disable_ipv6=0");

        Assert.DoesNotContain(Collect(pair, new() { Reason = reason }), evidence => evidence.Verdict == EvidenceVerdict.Confirms);
    }

    private DropEvidence[] Of(string cause, EvidenceQuery query, Action<NamespacePair>? prepare = null, string? settled = null,
        bool goesOn = false)
    {
        DropCause provoked = CauseRuns.Causes[cause];
        using var pair = new NamespacePair();
        if (provoked.Missing(pair) is { } missing)
        {
            Assert.False(_kernel.IsQuiet, $"A kernel of the rig must be able to do this: {missing}");
            Assert.Skip(missing);
        }

        prepare?.Invoke(pair);
        provoked.Prepare(pair);
        provoked.Provoke(pair, Count);
        if (settled is not null)
        {
            // A busy machine leaves the receiving to a thread of its own.
            Assert.True(SpinWait.SpinUntil(() => pair.Value(settled) >= Count, TimeSpan.FromSeconds(30)),
                $"{settled} did not rise by {Count}");
        }

        return Collect(pair, query, goesOn ? () => provoked.Provoke(pair, Count) : null);
    }

    private static DropEvidence[] Collect(NamespacePair pair, EvidenceQuery query, Action? meanwhile = null) =>
        pair.Receiver.Run(() => EvidenceCollector.Create(new ThreadMachine(), clock: new TrafficClock(meanwhile))
            .Collect(query, TestContext.Current.CancellationToken).ToArray());

    // Worth knowing, and no witness.
    private static DropEvidence Shown(DropEvidence[] found, string subject) => Assert.Single(
        found,
        evidence => evidence.Verdict == EvidenceVerdict.Neutral && evidence.Subject.StartsWith(subject, StringComparison.Ordinal));

    private static DropEvidence Confirmed(DropEvidence[] found, string subject) => Assert.Single(
        found,
        evidence => evidence.Verdict == EvidenceVerdict.Confirms && evidence.Subject.StartsWith(subject, StringComparison.Ordinal));
}
