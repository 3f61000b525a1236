using System.Net;
using DropMon.Evidence;
using DropMon.Reasons;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>What was not found or not read decides nothing: every probe, for every reason and function that DropMon knows.</summary>
public class EmptyMachineTests
{
    [Fact]
    public void A_machine_that_shows_nothing_gets_no_verdict_from_any_probe() => AllAreNeutral(new FakeMachine());

    [Fact]
    public void A_machine_that_refuses_to_show_anything_gets_no_verdict_from_any_probe() =>
        AllAreNeutral(new FakeMachine().Refuses("Reading the tables: the kernel answered Permission denied (errno 13)."));

    [Fact]
    public void A_machine_whose_tables_are_empty_gets_no_verdict_from_any_probe()
    {
        var machine = new FakeMachine();
        foreach (string file in new[] { "/proc/net/softnet_stat", "/proc/net/sockstat", "/proc/net/sockstat6", "/proc/net/snmp",
            "/proc/net/netstat", "/proc/net/snmp6" })
        {
            machine.File(file, "");
        }

        AllAreNeutral(machine);
    }

    private static void AllAreNeutral(FakeMachine machine)
    {
        EvidenceCollector collector = machine.Collector();
        EvidenceQuery[] queries = [.. Queries().SelectMany(query => new[] { query, WithPacket(query) })];

        Assert.All(collector.Probes, probe => Assert.Contains(queries, probe.Covers));
        foreach (EvidenceQuery query in queries)
        {
            Assert.All(collector.Collect(query, TestContext.Current.CancellationToken),
                evidence => Assert.True(evidence.Verdict == EvidenceVerdict.Neutral, $"{query}: {evidence}"));
        }
    }

    private static IEnumerable<EvidenceQuery> Queries() =>
        DropKnowledge.Embedded.Reasons.Select(reason =>
            new EvidenceQuery { Reason = reason.Name, Subsystem = reason.Subsystem, Class = reason.Class })
            .Concat(DropKnowledge.Embedded.Functions.SelectMany(
                entry => entry.Functions.Select(function => new EvidenceQuery { Function = function, Class = entry.Class })));

    private static EvidenceQuery WithPacket(EvidenceQuery query) => query with
    {
        InterfaceName = "eth0",
        SourceAddress = IPAddress.Parse("192.0.2.1"),
        SourcePort = 40000,
        DestinationAddress = IPAddress.Parse("192.0.2.7"),
        DestinationPort = 53,
        DestinationMac = "02:00:00:00:00:01",
    };
}
