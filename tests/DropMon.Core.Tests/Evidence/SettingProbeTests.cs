using System.Net;
using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>Probes that read settings and figures of the kernel.</summary>
public class SettingProbeTests
{
    private static readonly FakeMachine ReversePath = new FakeMachine()
        .File("/proc/sys/net/ipv4/conf/all/rp_filter", "2\n")
        .File("/proc/sys/net/ipv4/conf/eth0/rp_filter", "1\n")
        .File("/proc/sys/net/ipv4/conf/eth1/rp_filter", "0\n")
        .Route("198.51.100.9", 3, "192.0.2.1").With(new KernelLink(3, "eth1", null, []));

    [Fact]
    public void The_stricter_of_two_rp_filter_values_counts()
    {
        List<DropEvidence> found = ReversePath.Collect(new EvidenceQuery { Reason = "IP_RPFILTER", InterfaceName = "eth0" });

        DropEvidence evidence = Assert.Single(found);
        Assert.Equal(EvidenceVerdict.Neutral, evidence.Verdict);
        Assert.Equal("all=2 eth0=1", evidence.Value);
        Assert.Contains("loose", evidence.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_back_by_another_interface_confirms_the_reverse_path_filter()
    {
        List<DropEvidence> found = ReversePath.Collect(
            new EvidenceQuery { Reason = "IP_RPFILTER", InterfaceName = "eth0", SourceAddress = IPAddress.Parse("198.51.100.9") });

        Assert.Contains(found, item => item is { Verdict: EvidenceVerdict.Confirms, Value: "eth1" });
    }

    [Fact]
    public void No_way_back_at_all_confirms_the_reverse_path_filter()
    {
        FakeMachine machine = new FakeMachine().NoRoute("198.51.100.9", isMissing: true);

        List<DropEvidence> found = machine.Collect(
            new EvidenceQuery { Reason = "IP_RPFILTER", SourceAddress = IPAddress.Parse("198.51.100.9") });

        Assert.Contains(found, item => item is { Verdict: EvidenceVerdict.Confirms, Finding: "There is no route back to 198.51.100.9." });
    }

    [Fact]
    public void The_CPU_whose_backlog_has_dropped_since_boot_is_named_and_decides_nothing()
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/core/netdev_max_backlog", "1000\n")
            .File("/proc/net/softnet_stat", "00061b0b 00000000 0 0 0 0 0 0 0 0 0 00000000 00000000 0 0\n00003c58 0000001f 0 0 0 0 0 0 0 0 "
                + "0 00000000 00000003 0 0\n");

        List<DropEvidence> found = machine.Collect(new EvidenceQuery { Reason = "CPU_BACKLOG" });

        Assert.Contains(found, item => item is { Subject: "CPU 3", Value: "31", Verdict: EvidenceVerdict.Neutral });
        Assert.Contains(found, item => item is { Value: "1000", Verdict: EvidenceVerdict.Neutral });
    }

    [Fact]
    public void A_backlog_that_is_full_now_confirms()
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/core/netdev_max_backlog", "1000\n")
            .File("/proc/net/softnet_stat", "00003c58 0000001f 0 0 0 0 0 0 0 0 0 000003e8 00000003 0 0\n");

        Assert.Contains(machine.Collect(new EvidenceQuery { Reason = "CPU_BACKLOG" }),
            item => item is { Subject: "CPU 3", Verdict: EvidenceVerdict.Confirms });
    }

    [Theory]
    [InlineData(238, EvidenceVerdict.Neutral)]
    [InlineData(125000, EvidenceVerdict.Confirms)]
    public void Memory_of_all_sockets_is_set_against_its_limit(int pages, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/net/sockstat", $"sockets: used 22\nTCP: inuse 1 orphan 0 tw 0 alloc 1 mem {pages}\nUDP: inuse 0 mem 0\n")
            .File("/proc/sys/net/ipv4/tcp_mem", "92844\t123793\t185688\n");

        DropEvidence evidence = Assert.Single(
            machine.Collect(new EvidenceQuery { Reason = "PROTO_MEM", Class = DropClass.Tcp }),
            item => item.Subject == "memory of all TCP sockets");

        Assert.Equal((verdict, $"{pages}/185688"), (evidence.Verdict, evidence.Value));
    }

    [Fact]
    public void A_host_that_does_not_forward_is_said_to_be_one_and_no_verdict_follows_without_the_interface()
    {
        FakeMachine machine = new FakeMachine().File("/proc/sys/net/ipv4/ip_forward", "0\n")
            .File("/proc/sys/net/ipv6/conf/all/forwarding", "1\n");

        List<DropEvidence> found = machine.Collect(new EvidenceQuery { Reason = "IP_INADDRERRORS" });

        Assert.Contains(found, item => item is { Subject: "IPv4 forwarding", Value: "0" });
        Assert.All(found, item => Assert.Equal(EvidenceVerdict.Neutral, item.Verdict));
        Assert.Contains(found, item => item is { Subject: "IPv6 forwarding", Value: "1" });
    }

    [Fact]
    public void Forwarding_is_looked_up_where_the_packet_came_in_and_for_its_family_only()
    {
        FakeMachine machine = new FakeMachine().File("/proc/sys/net/ipv4/ip_forward", "1\n")
            .File("/proc/sys/net/ipv4/conf/eth0/forwarding", "0\n").File("/proc/sys/net/ipv6/conf/all/forwarding", "0\n");

        DropEvidence evidence = Assert.Single(machine.Collect(
            new EvidenceQuery { Reason = "IP_INADDRERRORS", Class = DropClass.Ipv4, InterfaceName = "eth0" }));

        Assert.Equal(("IPv4 forwarding of eth0", EvidenceVerdict.Confirms), (evidence.Subject, evidence.Verdict));
    }

    [Fact]
    public void Forwarding_of_IPv6_that_is_off_is_no_witness_of_an_address_error()
    {
        FakeMachine machine = new FakeMachine().File("/proc/sys/net/ipv6/conf/eth0/forwarding", "0\n");

        Assert.Equal(EvidenceVerdict.Neutral, Assert.Single(machine.Collect(
            new EvidenceQuery { Reason = "IP_INADDRERRORS", Class = DropClass.Ipv6, InterfaceName = "eth0" })).Verdict);
    }

    [Theory]
    [InlineData(true, "IP_INNOROUTES", EvidenceVerdict.Confirms)]
    [InlineData(true, "IP_OUTNOROUTES", EvidenceVerdict.Confirms)]
    [InlineData(true, "IP_INADDRERRORS", EvidenceVerdict.Neutral)]
    [InlineData(false, "IP_INNOROUTES", EvidenceVerdict.Neutral)]
    public void Only_an_answer_that_says_so_is_the_want_of_a_route(bool isMissing, string reason, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine().NoRoute("203.0.113.5", isMissing);

        List<DropEvidence> found = machine.Collect(
            new EvidenceQuery { Reason = reason, DestinationAddress = IPAddress.Parse("203.0.113.5") });

        Assert.Equal(verdict, Assert.Single(found, item => item.Subject == "route to 203.0.113.5").Verdict);
    }

    [Theory]
    [InlineData("IP_INNOROUTES", EvidenceVerdict.Neutral)]
    [InlineData("IP_INADDRERRORS", EvidenceVerdict.Neutral)]
    public void A_route_that_is_there_now_decides_nothing(string reason, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine().Route("203.0.113.5", 2, "192.0.2.1");

        List<DropEvidence> found = machine.Collect(
            new EvidenceQuery { Reason = reason, DestinationAddress = IPAddress.Parse("203.0.113.5") });

        Assert.Equal(verdict, Assert.Single(found, item => item.Subject == "route to 203.0.113.5").Verdict);
    }

    [Theory]
    [InlineData(null, EvidenceVerdict.Neutral)]
    [InlineData("eth0", EvidenceVerdict.Confirms)]
    public void The_interface_without_IPv6_is_named_and_confirms_where_the_drop_names_it(string? interfaceName, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/ipv6/conf/all/disable_ipv6", "0\n")
            .File("/proc/sys/net/ipv6/conf/eth0/disable_ipv6", "1\n")
            .File("/proc/sys/net/ipv6/conf/eth1/disable_ipv6", "0\n");

        DropEvidence evidence = Assert.Single(machine.Collect(
            new EvidenceQuery { Reason = "IPV6DISABLED", InterfaceName = interfaceName }));

        Assert.Equal(("disable_ipv6 of eth0", verdict), (evidence.Subject, evidence.Verdict));
    }

    [Fact]
    public void A_setting_that_cannot_be_read_is_a_finding_and_no_error()
    {
        Assert.Contains(
            new FakeMachine().Collect(new EvidenceQuery { Reason = "CPU_BACKLOG" }),
            item => item.Finding.Contains("cannot be read", StringComparison.Ordinal) && item.Verdict == EvidenceVerdict.Neutral);
    }
}
