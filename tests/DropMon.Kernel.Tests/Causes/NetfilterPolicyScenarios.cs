using DropMon.KernelTests.Kernel;

namespace DropMon.KernelTests.Causes;

/// <summary>Policies of chains, over IPv4 and IPv6: what their counters prove, and what they do not.</summary>
public sealed class NetfilterPolicyScenarios(KernelUnderTest kernel) : NetfilterEvidenceTest(kernel)
{
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
    [InlineData("legacy", true)]
    public void Beside_a_rule_that_has_dropped_too_the_old_count_of_a_policy_confirms_nothing(string variant, bool isIpv6)
    {
        using NamespacePair pair = Pair(isIpv6);
        Iptables(pair, variant, isIpv6, "-P INPUT DROP");
        Provoke(pair, isIpv6, _ => Port);
        Rules(pair, $"table inet t {{ chain c {{ type filter hook input priority -10; udp dport {Port} counter drop; }}; }}");
        Provoke(pair, isIpv6, _ => Port);

        DropEvidence[] found = Collect(pair, Dropped);

        Assert.DoesNotContain(found, item => item.Verdict == EvidenceVerdict.Confirms);
        Assert.Contains(found, item => item.Finding.Contains(
            $"{Count} packets have met it since it was loaded; when is not known.", StringComparison.Ordinal)
            && item.Subject.Contains("filter INPUT", StringComparison.Ordinal));
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
}
