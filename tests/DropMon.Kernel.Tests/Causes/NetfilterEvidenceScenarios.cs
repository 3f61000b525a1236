using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// Every way in which netfilter drops, over IPv4 and IPv6: evidence names it, and confirms only what a counter that rises, a limit or a
/// missing program shows.
/// </summary>
public sealed class NetfilterEvidenceScenarios(KernelUnderTest kernel) : NetfilterEvidenceTest(kernel)
{
    private const string ConnectionMaximum = "/proc/sys/net/netfilter/nf_conntrack_max";

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
        Assert.SkipUnless(Kernel.IsQuiet, "changes settings of the whole machine: only on a kernel that the rig has booted");
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
}
