using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>Probes that read the kernel's tables of queueing disciplines, interfaces and packet sockets.</summary>
public class TableProbeTests
{
    private const string Own = "02:00:00:00:00:01";

    private static readonly KernelLink Uplink = new(2, "eth0", null, []) { Flags = 1, Address = Own };

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

    [Fact]
    public void A_promiscuous_interface_explains_frames_for_others() =>
        Assert.Contains(
            new FakeMachine().With(Uplink with { Promiscuity = 2 }).Collect(new EvidenceQuery { Reason = "OTHERHOST" }),
            item => item is { Subject: "eth0", Value: "2", Verdict: EvidenceVerdict.Confirms });

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
