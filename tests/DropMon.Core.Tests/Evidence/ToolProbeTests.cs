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
            new FakeMachine().Collect(new EvidenceQuery { Reason = "NEIGH_FAILED" }),
            item => item is { Finding: "ip is not installed, so this was not looked at.", Verdict: EvidenceVerdict.Neutral });
    }

    [Fact]
    public void A_tool_that_failed_is_a_finding_with_its_own_words()
    {
        FakeMachine machine = new FakeMachine().Tool("ip -j neigh show", new ToolResult(ToolOutcome.Failed, "", "Cannot open netlink socket"));

        Assert.Contains(
            machine.Collect(new EvidenceQuery { Reason = "NEIGH_FAILED" }),
            item => item.Finding.Contains("Cannot open netlink socket", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tool_that_prints_nonsense_is_a_finding()
    {
        FakeMachine machine = new FakeMachine().Tool("ip -j neigh show", "[{\"dst\":");

        Assert.Contains(machine.Collect(new EvidenceQuery { Reason = "NEIGH_FAILED" }), item => item.Finding.Contains("something else than JSON", StringComparison.Ordinal));
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
}
