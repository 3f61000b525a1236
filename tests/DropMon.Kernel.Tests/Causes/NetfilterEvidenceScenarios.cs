using System.Globalization;
using DropMon.Evidence;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// Every way in which netfilter drops, over IPv4 and IPv6: evidence names it, and confirms only what a counter that rises, a limit or a
/// missing program shows.
/// </summary>
public sealed class NetfilterEvidenceScenarios(KernelUnderTest kernel)
{
    private const int Count = 5;
    private const int Port = 4242;
    private const ushort QueueNumber = 7;
    private const string Base = "type filter hook input priority 0;";
    private const string ConnectionMaximum = "/proc/sys/net/netfilter/nf_conntrack_max";

    private static readonly EvidenceQuery Dropped = new() { Reason = "NETFILTER_DROP", Function = "nf_hook_slow" };
    private static readonly EvidenceQuery NotQueued = new() { Function = "nf_queue", Class = DropClass.Netfilter };
    private static readonly EvidenceQuery CameBack = new() { Function = "nf_reinject", Class = DropClass.Netfilter };

    public static TheoryData<bool> Families => [false, true];

    [Theory, MemberData(nameof(Families))]
    public void An_element_of_a_verdict_map_that_drops_is_named_and_unproven_without_a_counter(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Rules(pair, $"table inet t {{ chain c {{ {Base} ct state vmap {{ invalid : drop, established : accept }}; udp dport vmap {{ "
            + $"{Port} : drop, 9 : accept }}; }}; }}");

        DropEvidence[] found = Collect(pair, Dropped, isIpv6);

        Assert.DoesNotContain(found, item => item.Verdict == EvidenceVerdict.Confirms);
        Assert.Single(found, item => item.Finding.Contains(
            $"udp dport vmap {{ 9 : accept, {Port} : drop }}; element {Port} : drop. It has no counter", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Families))]
    public void The_counter_of_an_element_of_a_verdict_map_confirms(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Rules(pair, $"table inet t {{ map m {{ type inet_service : verdict; counter; elements = {{ {Port} : drop, 9 : accept }}; }}; "
            + $"chain c {{ {Base} udp dport vmap @m; }}; }}");

        Confirmed(Collect(pair, Dropped, isIpv6), "rule 3 of inet t c", $"udp dport vmap @m; element {Port} : drop");
        Assert.Equal(Count, pair.Value("Nftables.drop"));
    }

    [Theory, MemberData(nameof(Families))]
    public void A_chain_that_a_verdict_map_leads_to_is_named_with_the_way_there(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Rules(pair, $"table inet t {{ chain inner {{ counter drop; }}; chain c {{ {Base} udp dport vmap {{ {Port} : goto inner }}; }}; }}");

        Confirmed(Collect(pair, Dropped, isIpv6), " of inet t inner", $"udp dport vmap {{ {Port} : goto inner }}");
    }

    [Theory, MemberData(nameof(Families))]
    public void A_rule_with_a_named_set_is_read_with_its_comment(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        (string type, string field, string address) = isIpv6 ? ("ipv6_addr", "ip6", "fd77::/64") : ("ipv4_addr", "ip", "10.77.0.0/24");
        Rules(pair, $"table inet t {{ set bad {{ type {type}; flags interval; elements = {{ {address} }}; }}; chain c {{ {Base} {field} "
            + $"saddr @bad counter drop comment \"blocked by hand\"; }}; }}");

        Confirmed(Collect(pair, Dropped, isIpv6), " of inet t c",
            $"{field} saddr @bad counter packets {Count} drop. {Count} packets have met it, all in the last 1 s. Comment: \"blocked by "
                + "hand\".");
    }

    [Theory, MemberData(nameof(Families))]
    public void A_policy_of_nftables_is_named_and_unproven_since_it_counts_nothing(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Rules(pair, $"table inet t {{ chain c {{ {Base} policy drop; }}; }}");

        DropEvidence policy = Assert.Single(Collect(pair, Dropped, isIpv6), item => item.Subject == "chain inet t c");

        Assert.Equal(EvidenceVerdict.Neutral, policy.Verdict);
        Assert.Contains("It has no counter", policy.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nft", false)]
    [InlineData("nft", true)]
    [InlineData("legacy", false)]
    [InlineData("legacy", true)]
    public void A_rule_of_iptables_confirms_by_its_counter(string variant, bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Iptables(pair, variant, isIpv6, $"-A INPUT -i b0 -p udp --dport {Port} -m comment --comment closed -j DROP");

        DropEvidence[] found = Collect(pair, Dropped, isIpv6);

        Confirmed(found, "INPUT", $"{Count} packets have met it, all in the last 1 s. Comment: \"closed\".");
        Assert.Equal(Count, pair.Value(variant == "nft" ? "Nftables.drop" : "Iptables.DROP"));
    }

    [Theory]
    [InlineData("nft", false)]
    [InlineData("legacy", true)]
    public void A_rule_whose_counter_stands_still_confirms_nothing(string variant, bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Iptables(pair, variant, isIpv6, $"-A INPUT -p udp --dport {Port} -j DROP");
        Provoke(pair, isIpv6, _ => Port);

        DropEvidence[] found = Collect(pair, Dropped);

        Assert.DoesNotContain(found, item => item.Verdict == EvidenceVerdict.Confirms);
        Assert.Single(found, item => item.Finding.Contains(
            $"{Count} packets have met it since it was loaded; when is not known.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nft", false)]
    [InlineData("legacy", false)]
    [InlineData("legacy", true)]
    public void A_policy_of_a_chain_without_rules_confirms_what_it_dropped_before(string variant, bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Iptables(pair, variant, isIpv6, "-P INPUT DROP");
        Provoke(pair, isIpv6, _ => Port);

        Confirmed(Collect(pair, Dropped), "filter INPUT", "whatever reaches it is dropped now");
    }

    [Theory]
    [InlineData("nft", false)]
    [InlineData("nft", true)]
    [InlineData("legacy", false)]
    [InlineData("legacy", true)]
    public void A_policy_of_iptables_confirms_by_its_counter(string variant, bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Iptables(pair, variant, isIpv6, "-P INPUT DROP");

        Confirmed(Collect(pair, Dropped, isIpv6), "filter INPUT", "Its policy is drop");
        Assert.Equal(Count, pair.Value(variant == "nft" ? "Nftables.policy_drop" : "Iptables.policy_DROP"));
    }

    [Theory]
    [InlineData("nftables", false)]
    [InlineData("nftables", true)]
    [InlineData("nft", false)]
    [InlineData("legacy", true)]
    public void A_queue_without_a_program_is_found_with_its_rule(string variant, bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Queue(pair, variant, isIpv6);

        Confirmed(Collect(pair, NotQueued, isIpv6), "rule ", $"No program listens to queue {QueueNumber} now");
    }

    [Theory, MemberData(nameof(Families))]
    public void A_queue_whose_program_drops_leads_to_the_program(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Queue(pair, "nft", isIpv6);
        PacketQueueProgram program = pair.Receiver.Run(() => pair.Receiver.Keep(new PacketQueueProgram(QueueNumber)));

        DropEvidence[] found = Collect(pair, CameBack, isIpv6, () => program.Drop(Count));

        Confirmed(found, $"queue {QueueNumber} of ", "by that verdict, or by a rule behind the queue");
        Assert.Contains($"({Environment.ProcessId})", Assert.Single(found, item => item.Verdict == EvidenceVerdict.Confirms).Subject,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Families))]
    public void A_queue_that_is_full_is_found_with_what_it_dropped(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Queue(pair, "nft", isIpv6);
        pair.Receiver.Run(() => pair.Receiver.Keep(new PacketQueueProgram(QueueNumber, most: 1)));

        Confirmed(Collect(pair, NotQueued, isIpv6), $"queue {QueueNumber} of ", $"It was full for {Count - 1} packets");
    }

    [Theory, MemberData(nameof(Families))]
    public void A_full_table_of_connections_is_found_with_its_count_and_maximum(bool isIpv6)
    {
        Assert.SkipUnless(kernel.IsQuiet, "changes settings of the whole machine: only on a kernel that the rig has booted");
        using NamespacePair pair = Pair(isIpv6);
        Rules(pair, $"table inet t {{ chain c {{ {Base} ct state new accept; }}; }}");
        string before = File.ReadAllText(ConnectionMaximum);
        try
        {
            File.WriteAllText(ConnectionMaximum, "3");
            Provoke(pair, isIpv6, number => Port + number);

            DropEvidence table = Confirmed(Collect(pair, Dropped), "connection tracking",
                "The table is full: 3 connections are tracked, the maximum is 3.");
            Assert.Equal($"3/3 drop={Count - 3}", table.Value);
            Assert.Contains("sudo sysctl -w net.netfilter.nf_conntrack_max=6", table.Finding, StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllText(ConnectionMaximum, before);
        }
    }

    [Theory, MemberData(nameof(Families))]
    public void Rules_that_accept_everything_prove_nothing(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Rules(pair, $"table inet t {{ chain unused {{ counter drop; }}; chain c {{ {Base} policy accept; counter accept; udp dport 9 "
            + $"counter drop; }}; }}");

        DropEvidence[] found = Collect(pair, Dropped, isIpv6);

        Assert.All(found, item => Assert.Equal(EvidenceVerdict.Neutral, item.Verdict));
        Assert.Contains(found, item => item.Subject.EndsWith(" of inet t unused", StringComparison.Ordinal)
            && item.Finding.Contains("No rule leads there now", StringComparison.Ordinal));
        Assert.Contains("Not looked at: other network namespaces", Assert.Single(found, item => item.Subject == "netfilter").Finding,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Families))]
    public void A_rule_of_another_network_namespace_is_not_looked_at_and_that_is_said(bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        pair.Sender.Shell($"nft 'table inet t {{ chain c {{ {Base} policy drop; counter drop; }}; }}'");

        DropEvidence found = Assert.Single(Collect(pair, Dropped, isIpv6), item => item.Subject == "netfilter");

        Assert.Equal(EvidenceVerdict.Neutral, found.Verdict);
        Assert.Contains("Not looked at: other network namespaces", found.Finding, StringComparison.Ordinal);
    }

    private static NamespacePair Pair(bool isIpv6)
    {
        var pair = new NamespacePair();
        if (isIpv6)
        {
            pair.AddIpv6();
        }

        return pair;
    }

    private static void Rules(NamespacePair pair, string rules) => pair.Receiver.Shell($"nft '{rules}'");

    private void Iptables(NamespacePair pair, string variant, bool isIpv6, string arguments)
    {
        (int code, string said) = pair.Receiver.TryShell($"{(isIpv6 ? "ip6tables" : "iptables")}-{variant} {arguments}");

        // The tables of iptables-legacy are a kernel's choice; newer ones are built without.
        Assert.SkipWhen(code != 0 && variant == "legacy" && said.Contains("Table does not exist", StringComparison.Ordinal),
            "This kernel has no tables of iptables-legacy.");
        Assert.True(code == 0, said);
    }

    private void Queue(NamespacePair pair, string variant, bool isIpv6)
    {
        if (variant != "nftables")
        {
            Iptables(pair, variant, isIpv6, $"-A INPUT -p udp --dport {Port} -j NFQUEUE --queue-num {QueueNumber}");
            return;
        }

        (int code, string said) = pair.Receiver.TryShell(
            $"nft 'table inet t {{ chain c {{ {Base} udp dport {Port} counter queue num {QueueNumber}; }}; }}'");
        Assert.SkipWhen(code != 0 && !kernel.IsQuiet && said.Contains("No such file or directory", StringComparison.Ordinal),
            "This kernel has no queues of nftables.");
        Assert.True(code == 0, said);
    }

    private static void Provoke(NamespacePair pair, bool isIpv6, Func<int, int> port)
    {
        long before = Received(pair, isIpv6);
        pair.Send(Count, number => isIpv6
            ? Ethernet(Ipv6Type, Ipv6(Udp, Datagram(
                port(number), source: NamespacePair.SenderAddress6, destination: NamespacePair.ReceiverAddress6)))
            : Ethernet(Ipv4Type, Ipv4(Udp, Datagram(port(number)))));

        // A busy machine leaves the receiving to a thread of its own.
        Assert.True(SpinWait.SpinUntil(() => Received(pair, isIpv6) >= before + Count, TimeSpan.FromSeconds(30)),
            $"InReceives did not rise by {Count}");
    }

    private static long Received(NamespacePair pair, bool isIpv6) => pair.Receiver.Run(() => isIpv6
        ? long.Parse(File.ReadLines("/proc/thread-self/net/snmp6")
            .First(line => line.StartsWith("Ip6InReceives", StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture)
        : long.Parse(File.ReadLines("/proc/thread-self/net/snmp").Where(line => line.StartsWith("Ip:", StringComparison.Ordinal)).Last()
            .Split(' ')[3], CultureInfo.InvariantCulture));

    private static DropEvidence[] Collect(NamespacePair pair, EvidenceQuery query, bool isIpv6, Action? then = null) =>
        Collect(pair, query, () =>
    {
        Provoke(pair, isIpv6, _ => Port);
        then?.Invoke();
    });

    private static DropEvidence[] Collect(NamespacePair pair, EvidenceQuery query, Action? meanwhile = null) => pair.Receiver.Run(() =>
        EvidenceCollector.Create(new ThreadMachine(), clock: new TrafficClock(meanwhile))
            .Collect(query, TestContext.Current.CancellationToken).ToArray());

    private static DropEvidence Confirmed(DropEvidence[] found, string subject, string finding)
    {
        DropEvidence confirmed = Assert.Single(found, item => item.Verdict == EvidenceVerdict.Confirms);
        Assert.Contains(subject, confirmed.Subject, StringComparison.Ordinal);
        Assert.Contains(finding, confirmed.Finding, StringComparison.Ordinal);
        return confirmed;
    }
}
