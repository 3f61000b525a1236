using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

public class CounterProbeTests
{
    private readonly FakeMachine _machine = new FakeMachine()
        .File("/proc/net/snmp", "Udp: InDatagrams NoPorts InErrors\nUdp: 126 5 0\nUdpLite: InDatagrams NoPorts\nUdpLite: 1 2\n")
        .File("/proc/net/snmp6", "Udp6NoPorts                     \t9\nUdp6InErrors                    \t0\n")
        .File("/proc/net/netstat", "TcpExt: SyncookiesSent IPReversePathFilter\nTcpExt: 0 0\n");

    [Fact]
    public void A_count_since_boot_is_shown_and_decides_nothing()
    {
        DropEvidence evidence = Assert.Single(Find("NO_SOCKET", "udp_rcv"), item => item.Source == "/proc/net/snmp");

        Assert.Equal(("Udp.NoPorts", "5", EvidenceVerdict.Neutral), (evidence.Subject, evidence.Value, evidence.Verdict));
    }

    [Fact]
    public void A_count_that_rises_while_DropMon_looks_confirms()
    {
        _machine.Later(machine => machine.File("/proc/net/snmp", "Udp: InDatagrams NoPorts InErrors\nUdp: 126 8 0\n"));

        DropEvidence evidence = Assert.Single(Find("NO_SOCKET", "udp_rcv"), item => item.Source == "/proc/net/snmp");

        Assert.Equal(("8", EvidenceVerdict.Confirms), (evidence.Value, evidence.Verdict));
        Assert.Contains("rose by 3 in the last 1 s", evidence.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void The_function_picks_the_counter() =>
        Assert.Contains(Find("NO_SOCKET", "udpv6_rcv"), item => item is { Subject: "Udp6.NoPorts", Value: "9" });

    [Fact]
    public void A_counter_at_zero_is_shown_and_decides_nothing() =>
        Assert.Contains(Find("IP_RPFILTER", null),
            item => item is { Subject: "TcpExt.IPReversePathFilter", Value: "0", Verdict: EvidenceVerdict.Neutral });

    [Fact]
    public void A_counter_that_this_kernel_does_not_show_is_passed_over() =>
        Assert.DoesNotContain(Find("IP_CSUM", null), item => item.Subject == "IpExt.InCsumErrors");

    private List<DropEvidence> Find(string reason, string? function) =>
        _machine.Collect(new EvidenceQuery { Reason = reason, Function = function });
}
