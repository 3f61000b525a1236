using System.Globalization;
using DropMon.Netfilter;

namespace DropMon.Evidence.Probes;

/// <summary>What rules and policies say: a counter that rose is a witness; without one nothing is known.</summary>
internal static class RuleFindings
{
    private const int MostConfirmed = 20;
    private const int MostOthers = 20;
    private const int MostElements = 8;

    public static IEnumerable<NetfilterFinding> Of(IReadOnlyList<NetfilterDrop> drops)
    {
        NetfilterFinding[] all =
        [
            .. drops
                .Where(drop => drop.Kind != NetfilterDropKind.Queue)
                .GroupBy(drop => drop is { Element: not null, Packets: null } ? $"{drop.Place} map" : $"{drop.Place} {drop.Element}")
                .Select(group => group.ToList())
                .OrderByDescending(group => group[0].IsReachable)
                .ThenByDescending(group => group[0].Packets ?? 0)
                .ThenBy(group => group[0].Packets is 0)
                .Select(Finding),
        ];
        NetfilterFinding[] confirmed = [.. all.Where(finding => finding.Verdict == EvidenceVerdict.Confirms)];
        NetfilterFinding[] others = [.. all.Where(finding => finding.Verdict != EvidenceVerdict.Confirms)];
        return confirmed.Take(MostConfirmed)
            .Concat(More(confirmed.Length - MostConfirmed, "dropped packets too"))
            .Concat(others.Take(MostOthers))
            .Concat(More(others.Length - MostOthers, "can drop, and have no counter or one at 0"));
    }

    /// <summary>The command that shows the rule.</summary>
    public static string SourceOf(NetfilterDrop drop) => drop.System switch
    {
        "nftables" => "nft -a list ruleset",
        "arptables" => "arptables-legacy -nvL",
        _ => $"{drop.System}-legacy-save -c",
    };

    /// <summary>How often it was met, as far as that is known.</summary>
    public static string Met(NetfilterDrop drop) => drop switch
    {
        { Packets: 0 } => "Its counter stands at 0: no packet has met it.",
        { Packets: 1 } => "1 packet has met it.",
        { Packets: { } packets } => string.Create(CultureInfo.InvariantCulture, $"{packets} packets have met it."),
        { PacketsBefore: 0 } => "The counter in front of its last match stands at 0: no packet has met it.",
        { PacketsBefore: { } packets } => string.Create(CultureInfo.InvariantCulture, $"Its counter, at {packets}, stands in front of its last match: how many of them met it is not known."),
        _ => "It has no counter, so whether packets met it is not known.",
    };

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
        : [new NetfilterFinding("more rules", string.Create(CultureInfo.InvariantCulture, $"{count} more rules, policies or elements {what}."), $"{count}", EvidenceVerdict.Neutral, "nft -a list ruleset")];

    private static NetfilterFinding Finding(List<NetfilterDrop> group)
    {
        NetfilterDrop drop = group[0];
        string what = drop switch
        {
            { Kind: NetfilterDropKind.Policy } => "Its policy is drop: whatever no rule decides is dropped.",
            { Element: not null } => $"Its verdict map drops: {MapText(group)}.",
            { Kind: NetfilterDropKind.Reject } => $"Its verdict is reject: {drop.Text}.",
            _ => $"Its verdict is drop: {drop.Text}.",
        };
        return new NetfilterFinding(
            drop.Place,
            $"{what} {Met(drop)}{Remarks(drop)}",
            drop.Packets?.ToString(CultureInfo.InvariantCulture),
            drop is { Packets: > 0, IsReachable: true } ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            SourceOf(drop));
    }

    private static string MapText(List<NetfilterDrop> group)
    {
        string elements = string.Join(", ", group.Take(MostElements).Select(drop => drop.Element));
        string more = group.Count > MostElements ? $" and {group.Count - MostElements} more" : "";
        return $"{group[0].Text}; {(group.Count == 1 ? "element" : "elements")} {elements}{more}";
    }
}
