using System.Globalization;
using System.Net.Sockets;
using DropMon.Netfilter;

namespace DropMon.Evidence.Probes;

/// <summary>
/// What rules and policies say: a counter that rose while DropMon looked is a witness. One that stands at some number may have stood there
/// for years.
/// </summary>
internal static class RuleFindings
{
    private const int MostConfirmed = 20;
    private const int MostOthers = 20;
    private const int MostElements = 8;

    /// <summary>What each place says that can drop.</summary>
    /// <param name="drops">The places.</param>
    /// <param name="before">What their counters stood at.</param>
    /// <param name="family">The packet's family; null where it is not known.</param>
    public static IEnumerable<NetfilterFinding> Of(
        IReadOnlyList<NetfilterDrop> drops, CounterMarks before, AddressFamily? family = null)
    {
        NetfilterDrop? only = OnlyPolicy(drops, family);
        NetfilterFinding[] all =
        [
            .. drops
                .Where(drop => drop.Kind != NetfilterDropKind.Queue)
                .GroupBy(drop => drop is { Element: not null, Packets: null } ? $"{drop.Place} map" : $"{drop.Place} {drop.Element}")
                .Select(group => group.ToList())
                .OrderByDescending(group => group[0].IsReachable)
                .ThenByDescending(group => RiseOf(group[0], before))
                .ThenByDescending(group => group[0].Packets ?? 0)
                .ThenBy(group => group[0].Packets is 0)
                .Select(group => Finding(group, before, only)),
        ];
        NetfilterFinding[] confirmed = [.. all.Where(finding => finding.Verdict == EvidenceVerdict.Confirms)];
        NetfilterFinding[] others = [.. all.Where(finding => finding.Verdict != EvidenceVerdict.Confirms)];
        return confirmed.Take(MostConfirmed)
            .Concat(More(confirmed.Length - MostConfirmed, "drop packets too"))
            .Concat(others.Take(MostOthers))
            .Concat(More(others.Length - MostOthers, "can drop, and no counter of them rose now"));
    }

    /// <summary>The command that shows the rule.</summary>
    public static string SourceOf(NetfilterDrop drop) => drop.System switch
    {
        "nftables" => "nft -a list ruleset",
        "arptables" => "arptables-legacy -nvL",
        _ => $"{drop.System}-legacy-save -c",
    };

    /// <summary>How often it was met, as far as that is known.</summary>
    public static string Met(NetfilterDrop drop, CounterMarks before) => drop switch
    {
        { Packets: 0 } => "Its counter stands at 0: no packet has met it.",
        { Packets: { } packets } => string.Create(
            CultureInfo.InvariantCulture, $"{packets} {(packets == 1 ? "packet has" : "packets have")} met it")
            + RiseOf(drop, before) switch
            {
                0 => " since it was loaded; when is not known.",
                1 when packets == 1 => $", {before.Span}.",
                var rise => $", {(rise == packets ? "all" : $"{rise} of them")} {before.Span}.",
            },
        { PacketsBefore: 0 } => "The counter in front of its last match stands at 0: no packet has met it.",
        { PacketsBefore: { } packets } => string.Create(
            CultureInfo.InvariantCulture,
            $"Its counter, at {packets}, stands in front of its last match: how many of them met it is not known."),
        _ => "It has no counter, so whether packets met it is not known.",
    };

    /// <summary>By how much its counter rose while DropMon looked.</summary>
    public static long RiseOf(NetfilterDrop drop, CounterMarks before) => drop.Packets is { } packets
        ? before.Rise(drop.Counter, packets) : 0;

    /// <summary>Its comment, and the way to it.</summary>
    public static string Remarks(NetfilterDrop drop)
    {
        string comment = drop.Comment is { Length: > 0 } text ? $" Comment: \"{text}\"." : "";
        string way = !drop.IsReachable ? " No rule leads there now, or its table is dormant."
            : drop.ReachedBy.Count > 0 ? $" The way there: {string.Join("; ", drop.ReachedBy)}."
            : "";
        return comment + way;
    }

    private static IEnumerable<NetfilterFinding> More(int count, string what) => count <= 0
        ? []
        : [new NetfilterFinding("more rules", string.Create(
            CultureInfo.InvariantCulture, $"{count} more rules, policies or elements {what}."), $"{count}", EvidenceVerdict.Neutral,
                "nft -a list ruleset")];

    private static NetfilterFinding Finding(List<NetfilterDrop> group, CounterMarks before, NetfilterDrop? only)
    {
        NetfilterDrop drop = group[0];
        string what = drop switch
        {
            { Kind: NetfilterDropKind.Policy, IsAlone: true } =>
                "Its policy is drop, and it has no rule: whatever reaches it is dropped now.",
            { Kind: NetfilterDropKind.Policy } => "Its policy is drop: whatever no rule decides is dropped.",
            { Element: not null } => $"Its verdict map drops: {MapText(group)}.",
            { Kind: NetfilterDropKind.Reject } => $"Its verdict is reject: {drop.Text}.",
            _ => $"Its verdict is drop: {drop.Text}.",
        };
        return new NetfilterFinding(
            drop.Place,
            $"{what} {Met(drop, before)}{Remarks(drop)}",
            drop.Packets?.ToString(CultureInfo.InvariantCulture),
            drop.IsReachable && (RiseOf(drop, before) > 0 || drop == only)
                ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            SourceOf(drop));
    }

    // A policy of a chain without rules decides whatever reaches the chain, and its count shows that packets do. Where nothing else here
    // can have dropped the packet, that is a witness, however old the count. Where something else can, it is not.
    private static NetfilterDrop? OnlyPolicy(IReadOnlyList<NetfilterDrop> drops, AddressFamily? family)
    {
        NetfilterDrop[] able = [.. drops.Where(drop => drop is { IsReachable: true, Packets: not 0 })];
        return able is [{ Kind: NetfilterDropKind.Policy, IsAlone: true, Packets: > 0 } only] && MaySee(only, family) ? only : null;
    }

    private static bool MaySee(NetfilterDrop drop, AddressFamily? family) => drop.System switch
    {
        "iptables" => family is null or AddressFamily.InterNetwork,
        "ip6tables" => family is null or AddressFamily.InterNetworkV6,
        "nftables" => drop.Chain.Split(' ')[0] switch
        {
            "ip" => family is null or AddressFamily.InterNetwork,
            "ip6" => family is null or AddressFamily.InterNetworkV6,
            _ => true,
        },
        _ => false,
    };

    private static string MapText(List<NetfilterDrop> group)
    {
        string elements = string.Join(", ", group.Take(MostElements).Select(drop => drop.Element));
        string more = group.Count > MostElements ? $" and {group.Count - MostElements} more" : "";
        return $"{group[0].Text}; {(group.Count == 1 ? "element" : "elements")} {elements}{more}";
    }
}
