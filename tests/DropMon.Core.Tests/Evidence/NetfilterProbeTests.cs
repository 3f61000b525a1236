using DropMon.Evidence;
using DropMon.Netlink;
using DropMon.Tests.Machine;
using DropMon.Tests.Netfilter;

namespace DropMon.Tests.Evidence;

/// <summary>What rules, queues and the table of connections say. The rules are those of a real kernel.</summary>
public sealed class NetfilterProbeTests
{
    private const string Net = "/proc/thread-self/net";
    private static readonly EvidenceQuery Dropped = new() { Reason = "NETFILTER_DROP", Function = "nf_hook_slow" };
    private static readonly EvidenceQuery NotQueued = new() { Reason = "NOT_SPECIFIED", Function = "nf_queue", Class = DropClass.Netfilter };

    private readonly FakeMachine _machine = new FakeMachine()
        .Netfilter(ScriptedNetfilter.Recorded())
        .File($"{Net}/ip_tables_names", "filter\n")
        .File($"{Net}/ip6_tables_names", "filter\n");

    [Fact]
    public void Only_a_counter_that_rose_confirms() => Assert.Equal(
        ["rule 17 of inet filter input", "rule 21 of inet filter input", "rule 2 of ip filter INPUT", "rule 1 of iptables filter INPUT"],
        _machine.Collect(Dropped).Where(item => item.Verdict == EvidenceVerdict.Confirms).Select(item => item.Subject));

    [Theory]
    [InlineData("rule 16 of inet filter input", "udp dport vmap { 5001 : drop, 5002 : accept }")]
    [InlineData("rule 16 of inet filter input", "It has no counter, so whether packets met it is not known.")]
    [InlineData("chain inet filter input", "It has no counter, so whether packets met it is not known.")]
    [InlineData("rule 24 of inet filter input", "how many of them met it is not known")]
    [InlineData("chain iptables filter FORWARD", "no packet has met it")]
    [InlineData("rule 11 of inet filter inner", "The way there: rule 17 of inet filter input")]
    public void What_no_counter_shows_decides_nothing(string subject, string finding)
    {
        DropEvidence found = Assert.Single(_machine.Collect(Dropped), item => item.Subject == subject);

        Assert.Equal(EvidenceVerdict.Neutral, found.Verdict);
        Assert.Contains(finding, found.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_search_is_no_proof_and_says_what_was_not_looked_at()
    {
        DropEvidence found = Assert.Single(new FakeMachine().Collect(Dropped));

        Assert.Equal(EvidenceVerdict.Neutral, found.Verdict);
        Assert.Contains("Looked at, in this network namespace: nftables with iptables-nft (rules: 0, chains: 0)", found.Finding, StringComparison.Ordinal);
        Assert.Contains("Not looked at: other network namespaces", found.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_must_not_be_read_are_named_as_unread()
    {
        FakeMachine machine = new FakeMachine()
            .Netfilter(new ScriptedNetfilter { Error = new NetlinkException("Reading the chains of nftables", 1, null) })
            .File($"{Net}/ip_tables_names", "filter\n");

        DropEvidence found = Assert.Single(machine.Collect(Dropped));

        Assert.Equal(EvidenceVerdict.Neutral, found.Verdict);
        Assert.Contains("Not looked at: the rules of nftables (", found.Finding, StringComparison.Ordinal);
        Assert.Contains("table filter of iptables-legacy (", found.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nf_queue")]
    [InlineData("__nf_queue.isra.0")]
    [InlineData("nfqnl_enqueue_packet")]
    public void A_queue_that_no_program_listens_to_is_found_by_the_function(string function)
    {
        DropEvidence rule = Assert.Single(_machine.Collect(NotQueued with { Function = function }), item => item.Verdict == EvidenceVerdict.Confirms);

        Assert.Equal("rule 4 of ip filter INPUT", rule.Subject);
        Assert.Contains("No program listens to queue 5 now", rule.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_drop_are_no_cause_of_what_a_queue_did_not_take() =>
        Assert.DoesNotContain(_machine.Collect(NotQueued), item => item.Subject == "rule 21 of inet filter input");

    [Fact]
    public void A_rule_that_lets_packets_go_on_without_a_program_confirms_nothing() =>
        Assert.Equal(EvidenceVerdict.Neutral, Assert.Single(_machine.Collect(NotQueued), item => item.Subject == "rule 1 of iptables filter mine").Verdict);

    [Theory]
    [InlineData("0", "0", EvidenceVerdict.Neutral, "the kernel does not count what the program drops")]
    [InlineData("7", "0", EvidenceVerdict.Confirms, "It was full for 7 packets")]
    [InlineData("0", "9", EvidenceVerdict.Confirms, "9 packets were dropped because the program's socket had no room")]
    public void A_queue_with_a_program_is_named_and_confirms_by_its_own_counters(string full, string unsent, EvidenceVerdict verdict, string text)
    {
        _machine.File($"{Net}/netfilter/nfnetlink_queue", $"    5   4711     3 2 65531     {full}     {unsent}       12  1\n")
            .File($"{Net}/netlink", "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n00000000 12  4711  00000000 0 0 0 2 0 99\n")
            .File("/proc/812/comm", "suricata\n").Link("/proc/812/fd/3", "socket:[99]");

        List<DropEvidence> found = _machine.Collect(NotQueued);

        DropEvidence queue = Assert.Single(found, item => item.Subject == "queue 5 of suricata (812)");
        Assert.Equal(verdict, queue.Verdict);
        Assert.Contains(text, queue.Finding, StringComparison.Ordinal);
        Assert.Equal($"queue_total=3 queue_dropped={full} user_dropped={unsent}", queue.Value);
        Assert.Equal(EvidenceVerdict.Neutral, Assert.Single(found, item => item.Subject == "rule 4 of ip filter INPUT").Verdict);
    }

    [Fact]
    public void A_packet_that_came_back_from_a_queue_leads_to_its_program()
    {
        _machine.File($"{Net}/netfilter/nfnetlink_queue", "    5   4711     0 2 65531     0     0       12  1\n");

        DropEvidence queue = Assert.Single(_machine.Collect(NotQueued with { Function = "nf_reinject" }), item => item.Subject.StartsWith("queue 5", StringComparison.Ordinal));

        Assert.Equal(EvidenceVerdict.Confirms, queue.Verdict);
        Assert.Contains("by that verdict, or by a rule behind the queue", queue.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 3, 0, 0, EvidenceVerdict.Confirms, "The table is full")]
    [InlineData(2, 3, 5, 0, EvidenceVerdict.Confirms, "the table was full or memory was short")]
    [InlineData(2, 3, 5, 5, EvidenceVerdict.Confirms, "may all be clashes")]
    [InlineData(2, 3, 0, 0, EvidenceVerdict.Neutral, "No packet was dropped for a full table")]
    [InlineData(9, 0, 0, 0, EvidenceVerdict.Neutral, "there is no maximum")]
    public void A_full_table_of_connections_is_told_apart_from_rules(int count, int maximum, int drop, int clashes, EvidenceVerdict verdict, string text)
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/netfilter/nf_conntrack_count", $"{count}\n")
            .File("/proc/sys/net/netfilter/nf_conntrack_max", $"{maximum}\n")
            .File($"{Net}/stat/nf_conntrack", $"entries  insert_failed drop\n00000002 {clashes:x8} {drop:x8}\n00000002 00000000 00000000\n");

        DropEvidence found = Assert.Single(machine.Collect(Dropped), item => item.Subject == "connection tracking");

        Assert.Equal((verdict, $"{count}/{maximum} drop={drop}"), (found.Verdict, found.Value));
        Assert.Contains(text, found.Finding, StringComparison.Ordinal);
        Assert.Equal(verdict == EvidenceVerdict.Confirms && clashes == 0, found.Finding.Contains("sudo sysctl -w net.netfilter.nf_conntrack_max=6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nf_send_reset")]
    [InlineData("ip_vs_nat_xmit")]
    [InlineData("nf_ct_frag6_gather")]
    public void Rules_are_no_cause_of_what_other_functions_of_netfilter_drop(string function) =>
        Assert.DoesNotContain(_machine.Collect(new() { Function = function, Class = DropClass.Netfilter }), item => item.Subject.Contains("rule", StringComparison.Ordinal));
}
