using System.Net;
using DropMon.Counters.Tables;
using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>Neighbours that do not answer.</summary>
public class NeighbourProbeTests
{
    private const ushort Failed = 0x20;
    private const ushort Stale = 0x04;

    private readonly FakeMachine _machine = new FakeMachine()
        .With(new KernelLink(2, "eth0", null, []))
        .Neighbour("192.0.2.1", 2, Failed).Neighbour("192.0.2.2", 2, Failed).Neighbour("192.0.2.3", 2, Stale)
        .Route("198.51.100.9", 2, "192.0.2.1")
        .Route("192.0.2.3", 2);

    [Fact]
    public void The_next_hop_of_the_packet_is_looked_up_and_its_entry_shown()
    {
        DropEvidence evidence = Assert.Single(_machine.Collect(To("198.51.100.9")));

        Assert.Equal(("neighbour 192.0.2.1 on eth0", "FAILED", EvidenceVerdict.Confirms),
            (evidence.Subject, evidence.Value, evidence.Verdict));
    }

    [Fact]
    public void A_destination_on_the_link_is_its_own_next_hop()
    {
        DropEvidence evidence = Assert.Single(_machine.Collect(To("192.0.2.3")));

        Assert.Equal(("neighbour 192.0.2.3 on eth0", "STALE", EvidenceVerdict.Neutral),
            (evidence.Subject, evidence.Value, evidence.Verdict));
    }

    [Fact]
    public void Without_a_packet_all_that_do_not_answer_are_named() => Assert.Equal(
        ["neighbour 192.0.2.1 on eth0", "neighbour 192.0.2.2 on eth0"],
        _machine.Collect(new EvidenceQuery { Reason = "NEIGH_FAILED" }).Select(item => item.Subject));

    [Fact]
    public void A_table_that_cannot_be_read_is_said_to_be_unread() => Assert.Contains(
        _machine.Refuses("the kernel answered Permission denied").Collect(new EvidenceQuery { Reason = "NEIGH_FAILED" }),
        item => item.Verdict == EvidenceVerdict.Neutral && item.Finding == "This was not looked at: the kernel answered Permission denied");

    private static EvidenceQuery To(string address) => new() { Reason = "NEIGH_FAILED", DestinationAddress = IPAddress.Parse(address) };
}
