using System.Net;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>Probes that run a tool.</summary>
public class ToolProbeTests
{
    [Fact]
    public void A_tool_that_is_not_installed_is_a_finding()
    {
        Assert.Contains(
            new FakeMachine().Collect(new EvidenceQuery { Reason = "QDISC_DROP" }),
            item => item is { Finding: "tc is not installed, so this was not looked at.", Verdict: EvidenceVerdict.Neutral });
    }

    [Fact]
    public void A_tool_that_failed_is_a_finding_with_its_own_words()
    {
        FakeMachine machine = new FakeMachine().Tool("tc -j -s qdisc show dev gone0", new ToolResult(ToolOutcome.Failed, "", "Cannot find device \"gone0\""));

        Assert.Contains(
            machine.Collect(new EvidenceQuery { Reason = "QDISC_DROP", InterfaceName = "gone0" }),
            item => item.Finding.Contains("Cannot find device", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tool_that_prints_nonsense_is_a_finding()
    {
        FakeMachine machine = new FakeMachine().Tool("tc -j -s qdisc show", "[{\"kind\":");

        Assert.Contains(machine.Collect(new EvidenceQuery { Reason = "QDISC_DROP" }), item => item.Finding.Contains("something else than JSON", StringComparison.Ordinal));
    }

    [Fact]
    public void A_queueing_discipline_that_dropped_is_named_with_its_limit()
    {
        FakeMachine machine = new FakeMachine().Tool(
            "tc -j -s qdisc show",
            """[{"kind":"noqueue","handle":"0:","dev":"lo","drops":0},{"kind":"pfifo","handle":"8001:","dev":"eth0","root":true,"options":{"limit":10},"drops":77,"overlimits":3,"qlen":10}]""");

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "QDISC_DROP" }));

        Assert.Equal("qdisc pfifo 8001: on eth0", evidence.Subject);
        Assert.Contains("its limit is 10", evidence.Finding, StringComparison.Ordinal);
        Assert.Equal("drops=77 overlimits=3 qlen=10", evidence.Value);
    }

    [Fact]
    public void The_next_hop_of_the_packet_is_looked_up_and_its_entry_told()
    {
        FakeMachine machine = new FakeMachine()
            .Tool("ip -j neigh show", """[{"dst":"192.0.2.1","dev":"eth0","state":["FAILED"]},{"dst":"192.0.2.2","dev":"eth0","state":["FAILED"]}]""")
            .Tool("ip -j route get 198.51.100.9", """[{"dst":"198.51.100.9","gateway":"192.0.2.1","dev":"eth0"}]""");

        DropEvidence evidence = Assert.Single(
            machine.Collect(new EvidenceQuery { Reason = "NEIGH_FAILED", DestinationAddress = IPAddress.Parse("198.51.100.9") }));

        Assert.Equal(("neighbour 192.0.2.1 on eth0", EvidenceVerdict.Confirms), (evidence.Subject, evidence.Verdict));
    }

    [Fact]
    public void A_promiscuous_interface_explains_frames_for_others()
    {
        FakeMachine machine = new FakeMachine().Tool(
            "ip -j -d link show", """[{"ifname":"lo","flags":["UP"],"promiscuity":0},{"ifname":"eth0","flags":["UP"],"promiscuity":2}]""");

        Assert.Contains(
            machine.Collect(new EvidenceQuery { Reason = "OTHERHOST" }),
            item => item is { Subject: "eth0", Value: "2", Verdict: EvidenceVerdict.Confirms });
    }

    [Fact]
    public void A_full_accept_queue_is_named_with_its_limit()
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/core/somaxconn", "4096\n")
            .Tool("ss -H -l -n -t -p", "LISTEN 6 5 127.0.0.1:8080 0.0.0.0:* users:((\"slow\",pid=7,fd=3))\nLISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n");

        DropEvidence evidence = Assert.Single(
            machine.Collect(new EvidenceQuery { Reason = "TCP_LISTEN_OVERFLOW" }), item => item.Verdict == EvidenceVerdict.Confirms);

        Assert.Equal("6/5", evidence.Value);
        Assert.Contains("slow", evidence.Subject, StringComparison.Ordinal);
    }
}
