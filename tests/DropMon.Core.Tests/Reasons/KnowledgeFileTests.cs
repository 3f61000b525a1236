using System.Text.RegularExpressions;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Tests.Reasons;

/// <summary>The knowledge file itself: every entry complete, well formed and readable.</summary>
public class KnowledgeFileTests
{
    private static readonly string[] CounterGroups =
    [
        "Ip", "Icmp", "Tcp", "Udp", "UdpLite", "Ip6", "Icmp6", "Udp6", "UdpLite6", "TcpExt", "IpExt", "MPTcpExt", "Xfrm", "Sctp",
        "Device", "Softnet", "Qdisc", "Neighbour", "Socket", "Conntrack", "Bridge", "Synproxy", "OpenVSwitch", "Tls", "Nftables",
        "Iptables",
    ];

    private static readonly IReadOnlyList<ReasonEntry> AllReasons = [.. DropKnowledge.Embedded.Reasons];
    private static readonly IReadOnlyList<SiteEntry> AllFunctions = [.. DropKnowledge.Embedded.Functions];

    public static TheoryData<string> ReasonNames => [.. AllReasons.Select(reason => $"{reason.Subsystem}/{reason.Name}")];

    [Theory]
    [MemberData(nameof(ReasonNames))]
    public void A_reason_is_complete(string reason)
    {
        ReasonEntry entry = Find(reason);

        AssertOneSentence(entry.Meaning);
        Assert.NotEmpty(entry.Causes);
        Assert.All(entry.Causes, AssertOneSentence);
        Assert.Matches("^[0-9]+\\.[0-9]+(\\+|-[0-9]+\\.[0-9]+)$", entry.Kernels);
        AssertSource(entry.Source);
        if (entry.Remedy is not null)
        {
            Assert.EndsWith(".", entry.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(ReasonNames))]
    public void A_reasons_counters_have_the_kernels_form(string reason)
    {
        ReasonEntry entry = Find(reason);

        AssertCounters(entry.Counters);
        AssertCounters(entry.PossibleCounters);
        Assert.All(entry.Sites, site => AssertCounters(site.Counters ?? []));
        Assert.All(entry.Sites, site => AssertCounters(site.PossibleCounters ?? []));
    }

    [Theory]
    [MemberData(nameof(ReasonNames))]
    public void A_site_of_a_reason_says_something_and_can_be_reached(string reason)
    {
        Assert.All(Find(reason).Sites, site =>
        {
            Assert.True(
                (site.Class, site.Counters, site.Significance, site.Meaning) != (null, null, null, null), "the site changes nothing");
            AssertSite(site);
            Assert.All(
                site.Functions.Where(name => !NamePattern.IsPattern(name)), name =>
                    Assert.Equal(site.Source, Find(reason).FindSite(name)!.Source));
        });
    }

    [Fact]
    public void Only_NOT_SPECIFIED_leaves_its_significance_open()
    {
        Assert.Equal(
            ["NOT_SPECIFIED"], AllReasons.Where(reason => reason.Significance == DropSignificance.Unknown).Select(reason => reason.Name));
    }

    [Fact]
    public void A_function_entry_is_complete()
    {
        Assert.All(AllFunctions, function =>
        {
            AssertSite(function);
            Assert.NotNull(function.Class);
            Assert.NotNull(function.Significance);
            Assert.NotNull(function.Meaning);
            AssertCounters(function.Counters ?? []);
            AssertCounters(function.PossibleCounters ?? []);
        });
    }

    [Fact]
    public void A_variant_is_told_apart_and_can_be_reached()
    {
        IEnumerable<IReadOnlyList<VariantEntry>> lists =
        [
            .. AllFunctions.Select(function => function.Variants), .. AllReasons.Select(reason => reason.Variants),
            .. AllReasons.SelectMany(reason => reason.Sites).Select(site => site.Variants),
        ];
        Assert.All(lists.SelectMany(variants => variants), variant =>
        {
            Assert.NotEmpty(variant.When);
            AssertOneSentence(variant.Meaning);
            AssertCounters(variant.Counters ?? []);
            AssertCounters(variant.PossibleCounters ?? []);
        });
        Assert.All(
            lists, variants => Assert.Equal(variants.Count, variants.Select(variant => string.Join(' ', variant.When)).Distinct().Count()));
    }

    [Fact]
    public void A_type_that_is_set_is_one_of_the_counters_that_may_rise() => Assert.All(
        AllFunctions.Where(function => function.Type is not null)
            .Select(function => (function.Type, (function.Counters ?? []).Concat(function.PossibleCounters ?? [])))
            .Concat(AllFunctions.SelectMany(function => function.Variants.Where(variant => variant.Type is not null).Select(variant =>
                (variant.Type, (variant.Counters ?? []).Concat(variant.PossibleCounters ?? function.PossibleCounters ?? []))))),
        entry => Assert.Contains(entry.Item2, counter => counter.Name == entry.Type));

    [Fact]
    public void Advice_is_a_sentence_and_a_command() => Assert.All(AllFunctions.Where(function => function.Confirm is not null), function =>
    {
        Assert.False(function.Confirm!.EndsWith('.'), function.Confirm);
        Assert.EndsWith(".", function.Remedy ?? "", StringComparison.Ordinal);
    });

    [Fact]
    public void A_place_whose_drops_matter_says_how_to_confirm_and_what_to_change() => Assert.All(
        AllFunctions.Where(function => function.Significance is DropSignificance.Loss or DropSignificance.Suspicious),
        function => Assert.True(function is { Confirm: not null, Remedy: not null }, function.Functions[0]));

    [Fact]
    public void A_trap_is_complete()
    {
        Assert.All(DropKnowledge.Embedded.Traps, trap =>
        {
            Assert.Matches("^[a-z0-9_]+$", trap.Name);
            Assert.NotEqual(DropSignificance.Unknown, trap.Significance);
            AssertOneSentence(trap.Meaning);
            AssertSource(trap.Source);
        });
    }

    [Fact]
    public void Each_significance_has_its_rule()
    {
        Assert.Equal(
            Enum.GetNames<DropSignificance>().Where(name => name != nameof(DropSignificance.Unknown)).Order(),
            DropKnowledge.Embedded.SignificanceRules.Keys.Order());
    }

    private static ReasonEntry Find(string reason)
    {
        string[] parts = reason.Split('/');
        return DropKnowledge.Embedded.FindReason(parts[0], parts[1])!;
    }

    private static void AssertSite(SiteEntry site)
    {
        Assert.NotEmpty(site.Functions);
        Assert.All(site.Functions, name => Assert.Matches("^[A-Za-z0-9_*?]+$", name));
        AssertSource(site.Source);
        if (site.Meaning is not null)
        {
            AssertOneSentence(site.Meaning);
        }
    }

    private static void AssertOneSentence(string text)
    {
        Assert.EndsWith(".", text, StringComparison.Ordinal);
        Assert.False(Regex.IsMatch(text, "[.!?] +[A-Z]"), $"more than one sentence: {text}");
        Assert.False(text.Any(char.IsControl), $"control character: {text}");
    }

    private static void AssertSource(string source) => Assert.Matches("^[a-z0-9_/.-]+\\.[ch]: [A-Za-z0-9_ ]+$", source);

    private static void AssertCounters(IReadOnlyList<CounterName> counters)
    {
        Assert.All(counters, counter =>
        {
            Assert.Contains(counter.Group, CounterGroups);
            Assert.Matches("^[A-Za-z0-9_]+$", counter.Name);
        });
        Assert.Equal(counters.Count, counters.Distinct().Count());
    }
}
