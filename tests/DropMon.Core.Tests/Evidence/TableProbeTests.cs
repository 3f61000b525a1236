using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>Probes that read the kernel's tables of queueing disciplines, interfaces and packet sockets.</summary>
public class TableProbeTests
{
    private const uint Up = 1; // IFF_UP
    private const uint Carrier = 0x10000; // IFF_LOWER_UP
    private const string Own = "02:00:00:00:00:01";

    private static readonly KernelLink Uplink = new(2, "eth0", null, []) { Flags = Up | Carrier, Address = Own };

    [Theory]
    [InlineData(10, 77, EvidenceVerdict.Confirms)]
    [InlineData(9, 77, EvidenceVerdict.Neutral)]
    [InlineData(10, 0, EvidenceVerdict.Neutral)]
    public void A_queue_that_is_full_now_and_has_dropped_confirms(uint waiting, uint drops, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine().With(Uplink)
            .With(new QueueDiscipline(2, "pfifo 8001: root", "pfifo", new QdiscCounts { Length = waiting, Drops = drops, Overlimits = 3 },
                10));

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "QDISC_DROP", InterfaceName = "eth0" }));

        Assert.Equal(("qdisc pfifo 8001: root on eth0", verdict), (evidence.Subject, evidence.Verdict));
        Assert.Contains("its limit is 10", evidence.Finding, StringComparison.Ordinal);
        Assert.Equal($"drops={drops} overlimits=3 qlen={waiting}", evidence.Value);
    }

    [Theory]
    [InlineData("eth0", "02:00:00:00:00:99", EvidenceVerdict.Confirms)]
    [InlineData("eth0", Own, EvidenceVerdict.Neutral)]
    [InlineData("eth0", null, EvidenceVerdict.Neutral)]
    [InlineData(null, null, EvidenceVerdict.Neutral)]
    public void A_promiscuous_interface_explains_frames_for_others_that_came_by_it(
        string? interfaceName, string? address, EvidenceVerdict verdict) =>
        Assert.Equal(verdict, Assert.Single(
            new FakeMachine().With(Uplink with { Promiscuity = 2 }).Collect(
                new EvidenceQuery { Reason = "OTHERHOST", InterfaceName = interfaceName, DestinationMac = address }),
            item => item is { Subject: "eth0", Value: "2" }).Verdict);

    [Theory]
    [InlineData(Up, "pfifo_fast", EvidenceVerdict.Confirms, "It is up and has no carrier now")]
    [InlineData(0u, "pfifo_fast", EvidenceVerdict.Confirms, "It is down now")]
    [InlineData(Up | Carrier, "noop", EvidenceVerdict.Confirms, "Its queueing discipline is noop now")]
    public void A_device_whose_discipline_is_noop_confirms_what_it_dropped(
        uint flags, string qdisc, EvidenceVerdict verdict, string finding)
    {
        FakeMachine machine = new FakeMachine().With(Uplink with { Flags = flags, Qdisc = qdisc });

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "QDISC_DROP", InterfaceName = "eth0" }));

        Assert.Equal(("eth0", verdict), (evidence.Subject, evidence.Verdict));
        Assert.Contains(finding, evidence.Finding, StringComparison.Ordinal);
        Assert.Contains("no counter of a discipline rises", evidence.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("QDISC_DROP", null)]
    [InlineData(null, "eth0")]
    public void A_device_without_carrier_is_named_and_unproven_where_the_drop_names_no_device_or_no_reason(
        string? reason, string? interfaceName) =>
        Assert.Equal(EvidenceVerdict.Neutral, Assert.Single(
            new FakeMachine().With(Uplink with { Flags = Up }).Collect(
                new EvidenceQuery { Reason = reason, Class = DropClass.Qdisc, InterfaceName = interfaceName }),
            item => item.Subject == "eth0").Verdict);

    [Theory]
    [InlineData("QDISC_DROP", Up | Carrier)]
    [InlineData("TC_EGRESS", Up)]
    public void A_device_that_sends_or_a_reason_that_has_nothing_to_do_with_it_is_no_noop(string reason, uint flags) =>
        Assert.DoesNotContain(
            new FakeMachine().With(Uplink with { Flags = flags }).Collect(
                new EvidenceQuery { Reason = reason, InterfaceName = "eth0" }),
            item => item.Subject == "eth0");

    [Theory]
    [InlineData("vlan_do_receive", null, "eth0.7", EvidenceVerdict.Confirms)]
    [InlineData("vlan_do_receive.isra.0", "NOT_SPECIFIED", "eth0.7", EvidenceVerdict.Confirms)]
    [InlineData("vlan_do_receive", null, null, EvidenceVerdict.Neutral)]
    [InlineData("veth_xmit", "NOT_SPECIFIED", "eth0.7", EvidenceVerdict.Neutral)]
    [InlineData("tun_get_user", "DEV_READY", "eth0.7", EvidenceVerdict.Confirms)]
    [InlineData("tun_get_user", "DEV_READY", null, EvidenceVerdict.Neutral)]
    public void A_device_that_is_down_confirms_where_the_drop_names_it_and_has_no_other_cause(
        string function, string? reason, string? interfaceName, EvidenceVerdict verdict)
    {
        var vlan = new KernelLink(3, "eth0.7", "vlan", []) { Lower = 2, Vlan = 7 };

        DropEvidence evidence = Assert.Single(
            new FakeMachine().With(Uplink, vlan).Collect(
                new EvidenceQuery { Reason = reason, Function = function, InterfaceName = interfaceName }),
            item => item.Subject == "eth0.7");

        Assert.Equal(("down", verdict), (evidence.Value, evidence.Verdict));
    }

    [Theory]
    [InlineData("UNHANDLED_PROTO", "eth0", true, EvidenceVerdict.Confirms)]
    [InlineData("UNHANDLED_PROTO", null, true, EvidenceVerdict.Neutral)]
    [InlineData(null, "eth0", true, EvidenceVerdict.Neutral)]
    [InlineData("UNHANDLED_PROTO", "eth0", false, null)]
    public void A_member_of_a_bond_that_is_not_active_explains_what_came_by_it(
        string? reason, string? interfaceName, bool isBackup, EvidenceVerdict? verdict) =>
        Assert.Equal(verdict, new FakeMachine()
            .With(Uplink with { Master = 9, IsBackupPort = isBackup }, new KernelLink(9, "bond0", "bond", []) { Flags = Up | Carrier })
            .Collect(new EvidenceQuery { Reason = reason, Function = "__netif_receive_skb_core", InterfaceName = interfaceName })
            .SingleOrDefault(item => item.Finding.Contains("a member of bond0", StringComparison.Ordinal))?.Verdict);

    [Fact]
    public void A_hostile_name_of_an_interface_is_one_word_of_the_command_to_copy()
    {
        var hostile = new KernelLink(2, "a;reboot", null, []) { Flags = Up, Address = Own };
        FakeMachine machine = new FakeMachine().With(hostile);

        Assert.Contains("ip link add link 'a;reboot' name 'a;reboot.VLAN' type", Assert.Single(
            machine.Collect(new EvidenceQuery { Reason = "OTHERHOST", InterfaceName = "a;reboot", DestinationMac = Own })).Finding,
            StringComparison.Ordinal);
        Assert.Contains("ip link set 'a;reboot' up", Assert.Single(
            new FakeMachine().With(hostile with { Flags = 0 }).Collect(
                new EvidenceQuery { Reason = "QDISC_DROP", InterfaceName = "a;reboot" })).Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_for_this_hosts_own_address_points_to_a_VLAN_without_a_device()
    {
        var vlan = new KernelLink(3, "eth0.7", "vlan", []) { Lower = 2, Vlan = 7 };
        DropEvidence evidence = Assert.Single(
            new FakeMachine().With(Uplink, vlan).Collect(
                new EvidenceQuery { Reason = "OTHERHOST", InterfaceName = "eth0", DestinationMac = Own }));

        Assert.Equal((EvidenceVerdict.Confirms, Own), (evidence.Verdict, evidence.Value));
        Assert.Contains("VLAN tag", evidence.Finding, StringComparison.Ordinal);
        Assert.Contains("devices for the VLANs 7", evidence.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, EvidenceVerdict.Neutral)]
    [InlineData(100, EvidenceVerdict.Confirms)]
    public void A_tag_in_the_bytes_is_compared_with_the_VLANs_that_have_a_device(int tag, EvidenceVerdict verdict)
    {
        var vlan = new KernelLink(3, "eth0.7", "vlan", []) { Lower = 2, Vlan = 7 };

        Assert.Equal(verdict, Assert.Single(
            new FakeMachine().With(Uplink, vlan).Collect(
                new EvidenceQuery { Reason = "OTHERHOST", InterfaceName = "eth0", DestinationMac = Own, Vlan = tag })).Verdict);
    }

    [Fact]
    public void A_frame_for_another_hosts_address_is_said_to_be_one() =>
        Assert.Contains(
            new FakeMachine().With(Uplink).Collect(new EvidenceQuery
            {
                Reason = "OTHERHOST",
                InterfaceName = "eth0",
                DestinationMac = "02:00:00:00:00:99"
            }),
            item => item.Verdict == EvidenceVerdict.Neutral
                && item.Finding.Contains("no interface of this network namespace", StringComparison.Ordinal));

    [Fact]
    public void A_frame_for_another_interface_of_this_host_names_it() =>
        Assert.Contains(
            new FakeMachine().With(Uplink, new KernelLink(4, "eth1", null, []) { Address = "02:00:00:00:00:02" })
                .Collect(new EvidenceQuery { Reason = "OTHERHOST", InterfaceName = "eth0", DestinationMac = "02:00:00:00:00:02" }),
            item => item.Verdict == EvidenceVerdict.Confirms
                && item.Finding.Contains("the address of eth1, and came by eth0", StringComparison.Ordinal));

    [Fact]
    public void Without_the_frames_bytes_both_causes_are_named() =>
        Assert.Contains(
            new FakeMachine().With(Uplink).Collect(new EvidenceQuery { Reason = "OTHERHOST" }),
            item => item.Verdict == EvidenceVerdict.Neutral && item.Finding.Contains("VLAN tag", StringComparison.Ordinal));

    [Fact]
    public void The_drops_of_a_ring_are_unknown_and_never_zero()
    {
        FakeMachine machine = new FakeMachine().With(Uplink).With(new PacketSocket(3, 4711, 2, true, 4096, new SocketMemory(0, 212992, 0)))
            .File("/proc/812/comm", "suricata\n").Link("/proc/812/fd/12", "socket:[4711]");

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "PACKET_SOCK_ERROR" }));

        Assert.Equal(("packet 0x0003 on eth0 of suricata (812)", EvidenceVerdict.Neutral), (evidence.Subject, evidence.Verdict));
        Assert.Contains("PACKET_STATISTICS", evidence.Finding, StringComparison.Ordinal);
        Assert.DoesNotContain("drop", evidence.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(212000, EvidenceVerdict.Confirms)]
    [InlineData(1000, EvidenceVerdict.Neutral)]
    public void A_packet_socket_without_a_ring_confirms_where_its_buffer_is_full(uint used, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine().With(new PacketSocket(3, 4711, 0, false, 0, new SocketMemory(used, 212992, 9)));

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "PACKET_SOCK_ERROR", Function = "packet_rcv" }),
            item => item.Subject == "packet 0x0003");

        Assert.Equal((verdict, $"rx_queue={used}/212992 drops=9"), (evidence.Verdict, evidence.Value));
    }

    [Fact]
    public void A_packet_socket_on_another_device_is_none_of_the_suspects() =>
        Assert.DoesNotContain(
            new FakeMachine().With(Uplink).With(new PacketSocket(3, 4711, 9, true, 4096, null))
                .Collect(new EvidenceQuery { Reason = "PACKET_SOCK_ERROR", InterfaceName = "eth0" }),
            item => item.Subject.StartsWith("packet 0x", StringComparison.Ordinal));
}
