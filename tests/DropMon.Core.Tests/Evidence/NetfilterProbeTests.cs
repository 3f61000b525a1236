using System.Net.Sockets;
using DropMon.Evidence;
using DropMon.Evidence.Probes;
using DropMon.Netfilter;
using DropMon.Netlink;
using DropMon.Tests.Machine;
using DropMon.Tests.Netfilter;

namespace DropMon.Tests.Evidence;

/// <summary>What rules, queues and the table of connections say. The rules are those of a real kernel.</summary>
public sealed class NetfilterProbeTests
{
    private const string Net = "/proc/thread-self/net";
    private static readonly EvidenceQuery Dropped = new() { Reason = "NETFILTER_DROP", Function = "nf_hook_slow" };
    private static readonly EvidenceQuery NotQueued =
        new() { Reason = "NOT_SPECIFIED", Function = "nf_queue", Class = DropClass.Netfilter };

    // Its counters rise while DropMon looks.
    private readonly FakeMachine _machine = new FakeMachine()
        .Netfilter(ScriptedNetfilter.RecordedUnmet())
        .Later(machine => machine.Netfilter(ScriptedNetfilter.Recorded()))
        .File($"{Net}/ip_tables_names", "filter\n")
        .File($"{Net}/ip6_tables_names", "filter\n");

    [Fact]
    public void Only_a_counter_that_rose_confirms() => Assert.Equal(
        ["rule 17 of inet filter input", "rule 21 of inet filter input", "rule 2 of ip filter INPUT", "rule 1 of iptables filter INPUT"],
        _machine.Collect(Dropped).Where(item => item.Verdict == EvidenceVerdict.Confirms).Select(item => item.Subject));

    [Fact]
    public void A_counter_that_stands_still_is_shown_and_confirms_nothing()
    {
        List<DropEvidence> found = _machine.Later(_ => { }).Netfilter(ScriptedNetfilter.Recorded()).Collect(Dropped);

        Assert.DoesNotContain(found, item => item.Verdict == EvidenceVerdict.Confirms);
        Assert.Contains(
            "1 packet has met it since it was loaded; when is not known.",
            Assert.Single(found, item => item.Subject == "rule 21 of inet filter input").Finding,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_rise_says_how_much_of_the_count_is_new() => Assert.Contains(
        "1 packet has met it, in the last 1 s.",
        Assert.Single(_machine.Collect(Dropped), item => item.Subject == "rule 1 of iptables filter INPUT").Finding,
        StringComparison.Ordinal);

    [Fact]
    public void A_policy_that_drops_all_that_reaches_it_needs_no_rise_where_nothing_else_can_drop()
    {
        DropEvidence policy = Assert.Single(RuleFindings.Of([Policy(isAlone: true, 7)], CounterMarks.None).Select(Found));

        Assert.Equal(EvidenceVerdict.Confirms, policy.Verdict);
        Assert.Contains("whatever reaches it is dropped now. 7 packets have met it since it was loaded", policy.Finding,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_another_place_that_can_drop_the_old_count_of_a_policy_proves_nothing()
    {
        NetfilterDrop other = Policy(isAlone: false, 7) with { Chain = "filter FORWARD" };

        Assert.All(RuleFindings.Of([Policy(isAlone: true, 7), other], CounterMarks.None), found =>
            Assert.Equal(EvidenceVerdict.Neutral, found.Verdict));
        Assert.Single(RuleFindings.Of([Policy(isAlone: true, 7), other with { Packets = 0 }], CounterMarks.None),
            found => found.Verdict == EvidenceVerdict.Confirms);
        Assert.Single(RuleFindings.Of([Policy(isAlone: true, 7), other with { IsReachable = false }], CounterMarks.None),
            found => found.Verdict == EvidenceVerdict.Confirms);
    }

    [Theory]
    [InlineData("iptables", "filter INPUT", AddressFamily.InterNetwork, EvidenceVerdict.Confirms)]
    [InlineData("iptables", "filter INPUT", AddressFamily.InterNetworkV6, EvidenceVerdict.Neutral)]
    [InlineData("ip6tables", "filter INPUT", AddressFamily.InterNetwork, EvidenceVerdict.Neutral)]
    [InlineData("ip6tables", "filter INPUT", AddressFamily.InterNetworkV6, EvidenceVerdict.Confirms)]
    [InlineData("nftables", "ip filter INPUT", AddressFamily.InterNetworkV6, EvidenceVerdict.Neutral)]
    [InlineData("nftables", "inet filter INPUT", AddressFamily.InterNetworkV6, EvidenceVerdict.Confirms)]
    [InlineData("arptables", "filter INPUT", AddressFamily.InterNetwork, EvidenceVerdict.Neutral)]
    public void A_policy_of_another_family_than_the_packets_proves_nothing(
        string system, string chain, AddressFamily family, EvidenceVerdict verdict) =>
        Assert.Equal(verdict, Assert.Single(RuleFindings.Of(
            [Policy(isAlone: true, 7) with { System = system, Chain = chain }], CounterMarks.None, family)).Verdict);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 7)]
    public void A_policy_that_no_packet_met_or_that_rules_come_before_needs_one(bool isAlone, long packets) =>
        Assert.Equal(EvidenceVerdict.Neutral, Assert.Single(RuleFindings.Of([Policy(isAlone, packets)], CounterMarks.None).Select(Found))
            .Verdict);

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
        Assert.Contains("Looked at, in this network namespace: nftables with iptables-nft (rules: 0, chains: 0)", found.Finding,
            StringComparison.Ordinal);
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
        DropEvidence rule = Assert.Single(_machine.Collect(NotQueued with { Function = function }),
            item => item.Verdict == EvidenceVerdict.Confirms);

        Assert.Equal("rule 4 of ip filter INPUT", rule.Subject);
        Assert.Contains("No program listens to queue 5 now", rule.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_drop_are_no_cause_of_what_a_queue_did_not_take() =>
        Assert.DoesNotContain(_machine.Collect(NotQueued), item => item.Subject == "rule 21 of inet filter input");

    [Fact]
    public void A_rule_that_lets_packets_go_on_without_a_program_confirms_nothing() =>
        Assert.Equal(EvidenceVerdict.Neutral, Assert.Single(
            _machine.Collect(NotQueued), item => item.Subject == "rule 1 of iptables filter mine").Verdict);

    [Theory]
    [InlineData("0", "0", "0", EvidenceVerdict.Neutral, "the kernel does not count what the program drops")]
    [InlineData("3", "7", "0", EvidenceVerdict.Confirms, "It was full for 7 packets (4 of them in the last 1 s)")]
    [InlineData("7", "7", "0", EvidenceVerdict.Neutral, "It was full for 7 packets (when is not known)")]
    [InlineData("0", "0", "9", EvidenceVerdict.Confirms,
        "9 packets were dropped (9 of them in the last 1 s) because the program's socket had no room")]
    public void A_queue_with_a_program_is_named_and_confirms_by_its_own_counters(
        string fullBefore, string full, string unsent, EvidenceVerdict verdict, string text)
    {
        void Queue(FakeMachine machine, string nowFull, string nowUnsent) =>
            machine.File($"{Net}/netfilter/nfnetlink_queue", $"    5   4711     3 2 65531     {nowFull}     {nowUnsent}       12  1\n");
        Queue(_machine, fullBefore, "0");
        _machine.Later(machine => Queue(machine, full, unsent))
            .File($"{Net}/netlink", "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n00000000 "
                + "12  4711  00000000 0 0 0 2 0 99\n")
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

        DropEvidence queue = Assert.Single(_machine.Collect(NotQueued with { Function = "nf_reinject" }),
            item => item.Subject.StartsWith("queue 5", StringComparison.Ordinal));

        Assert.Equal(EvidenceVerdict.Confirms, queue.Verdict);
        Assert.Contains("by that verdict, or by a rule behind the queue", queue.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 3, 0, 0, EvidenceVerdict.Confirms, "The table is full")]
    [InlineData(2, 3, 5, 0, EvidenceVerdict.Confirms, "(2 of them in the last 1 s): the table was full or memory was short")]
    [InlineData(2, 3, 5, 5, EvidenceVerdict.Confirms, "may all be clashes")]
    [InlineData(2, 3, 3, 0, EvidenceVerdict.Neutral, "(counted since this network namespace was made, when is not known)")]
    [InlineData(2, 3, 0, 0, EvidenceVerdict.Neutral, "No packet was dropped for a full table")]
    [InlineData(9, 0, 0, 0, EvidenceVerdict.Neutral, "there is no maximum")]
    public void A_full_table_of_connections_is_told_apart_from_rules(
        int count, int maximum, int drop, int clashes, EvidenceVerdict verdict, string text)
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/netfilter/nf_conntrack_count", $"{count}\n")
            .File("/proc/sys/net/netfilter/nf_conntrack_max", $"{maximum}\n")
            .File($"{Net}/stat/nf_conntrack", $"entries  insert_failed drop\n00000002 {clashes:x8} {Math.Min(3, drop):x8}\n00000002 "
                + "00000000 00000000\n")
            .Later(later => later.File($"{Net}/stat/nf_conntrack",
                $"entries  insert_failed drop\n00000002 {clashes:x8} {drop:x8}\n00000002 00000000 00000000\n"));

        DropEvidence found = Assert.Single(machine.Collect(Dropped), item => item.Subject == "connection tracking");

        Assert.Equal((verdict, $"{count}/{maximum} drop={drop}"), (found.Verdict, found.Value));
        Assert.Contains(text, found.Finding, StringComparison.Ordinal);
        Assert.Equal(count >= maximum && maximum > 0 || drop > clashes,
            found.Finding.Contains("sudo sysctl -w net.netfilter.nf_conntrack_max=6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nf_conntrack: nf_conntrack: table full, dropping packet", 20, EvidenceVerdict.Confirms)]
    [InlineData("nf_conntrack: nf_conntrack: table full, dropping packet", 2000, EvidenceVerdict.Neutral)]
    [InlineData("nf_conntrack: nf_conntrack: table full in netns 4026532000, dropping packet", 20, EvidenceVerdict.Confirms)]
    [InlineData("nf_conntrack: nf_conntrack: table full in netns 4026532999, dropping packet", 20, EvidenceVerdict.Neutral)]
    public void The_kernels_log_says_when_the_table_was_full(string line, int seconds, EvidenceVerdict verdict)
    {
        FakeMachine machine = new FakeMachine()
            .File("/proc/sys/net/netfilter/nf_conntrack_count", "2\n")
            .File("/proc/sys/net/netfilter/nf_conntrack_max", "262144\n")
            .File($"{Net}/stat/nf_conntrack", "entries  drop\n00000002 00000005\n")
            .Link("/proc/thread-self/ns/net", "net:[4026532000]")
            .Logs(TimeSpan.FromSeconds(seconds), line);

        DropEvidence found = Assert.Single(machine.Collect(Dropped), item => item.Subject == "connection tracking");

        Assert.Equal(verdict, found.Verdict);
        Assert.Equal(verdict == EvidenceVerdict.Confirms,
            found.Finding.Contains($"the kernel logged \"{line}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nf_send_reset")]
    [InlineData("ip_vs_nat_xmit")]
    [InlineData("nf_ct_frag6_gather")]
    public void Rules_are_no_cause_of_what_other_functions_of_netfilter_drop(string function) =>
        Assert.DoesNotContain(_machine.Collect(new() { Function = function, Class = DropClass.Netfilter }),
            item => item.Subject.Contains("rule", StringComparison.Ordinal));

    private static NetfilterDrop Policy(bool isAlone, long packets) => new()
    {
        System = "iptables",
        Kind = NetfilterDropKind.Policy,
        Chain = "filter INPUT",
        Text = "policy DROP",
        Packets = packets,
        IsAlone = isAlone,
    };

    private static DropEvidence Found(NetfilterFinding finding) =>
        EvidenceProbe.Found(Dropped, finding.Subject, finding.Text, finding.Value, finding.Verdict, finding.Source);
}
