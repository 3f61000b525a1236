using System.Globalization;
using DropMon.Counters;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Reconciliation;

/// <summary>
/// Joins two snapshots of the counters with the drops seen between them, by what the knowledge file says each drop raises.
/// </summary>
internal sealed class Reconciler(DropKnowledge knowledge)
{
    private static readonly CounterName SocketDrops = new(CounterName.SocketGroup, "drops");

    /// <summary>Explains every counter that rose and may mean a drop, those that always do first, then the largest increase.</summary>
    /// <param name="before">The counters when the interval began.</param>
    /// <param name="after">The counters when it ended.</param>
    /// <param name="drops">How many drops were seen between, by place; a place may come more than once.</param>
    /// <param name="ledger">What was lost on the way; null where that is not known.</param>
    public IReadOnlyList<CounterReconciliation> Reconcile(
        DropCounterSnapshot before, DropCounterSnapshot after, IEnumerable<(DropSite Site, long Count)> drops, DropLedger? ledger = null)
    {
        List<SeenDrops> seen = Merge(drops);
        List<DropCounterChange> changes = DropCounterComparison.Compare(before.Counters, after.Counters);
        List<DropCounterChange> sockets =
        [
            .. changes.Where(change => change.Counter.Description.Counter == SocketDrops && change.Increase > 0)
                .OrderByDescending(change => change.Increase),
        ];
        var results = new List<CounterReconciliation>();
        foreach (IGrouping<string, DropCounterChange> group in changes
            .Where(change => change.Increase > 0 && change.ImpliesDrop != DropImplication.Never)
            .GroupBy(change => change.Name))
        {
            results.Add(Explain([.. group], seen, sockets, ledger));
        }

        return
        [
            .. results.OrderByDescending(result => result.ImpliesDrop == DropImplication.Always).ThenByDescending(result => result.Increase)
                .ThenBy(result => result.Name, StringComparer.Ordinal),
        ];
    }

    private static CounterReconciliation Explain(
        List<DropCounterChange> changes, List<SeenDrops> seen, List<DropCounterChange> sockets, DropLedger? ledger)
    {
        CounterDescription description = changes[0].Counter.Description;

        // A count of the whole namespace holds those of its interfaces.
        long increase = changes.Find(change => change.Scope.Length == 0)?.Increase
            ?? SaturatingCount.Sum(changes, change => change.Increase);
        var explained = new List<CounterExplanation>();
        long certain = 0;
        foreach (SeenDrops drops in seen.Where(drops => drops.Counters.Always.Contains(description.Counter)))
        {
            explained.Add(Describe(drops, drops.Count, description, isCertain: true, sockets));
            certain = SaturatingCount.Add(certain, drops.Count);
        }

        long left = SaturatingCount.Add(increase, -certain);
        foreach (SeenDrops drops in seen.Where(drops => drops.Counters.Possible.Contains(description.Counter)))
        {
            long count = Math.Min(left, drops.Count);
            if (count > 0)
            {
                explained.Add(Describe(drops, count, description, isCertain: false, sockets));
                left -= count;
            }
        }

        explained.Sort((a, b) => b.Count.CompareTo(a.Count));
        (UnseenCause cause, string? whyNot) = left > 0 ? WhyNot(description, left, ledger) : (UnseenCause.None, null);
        return new CounterReconciliation(
            description.Name, increase, changes, explained, Math.Max(0, SaturatingCount.Add(certain, -increase)), cause, whyNot);
    }

    private static CounterExplanation Describe(
        SeenDrops drops, long count, CounterDescription counter, bool isCertain, List<DropCounterChange> sockets)
    {
        bool bySocket = drops.Counters.Always.Contains(SocketDrops);
        return new CounterExplanation
        {
            Reason = drops.Site.Reason,
            Function = drops.Site.Function,
            Type = drops.Site.Type is { } type && type != counter.Counter.Name ? type : drops.Site.Reason ?? drops.Site.Type,
            Count = count,
            IsCertain = isCertain,
            Sockets = bySocket
                ? [.. sockets.Where(change => IsOf(change.Class, drops.Site.Class)).Select(change => change.Counter.Socket!)]
                : [],
        };
    }

    private static bool IsOf(DropClass socket, DropClass site) => socket == site || site is not (DropClass.Udp or DropClass.Tcp);

    private static (UnseenCause Cause, string? WhyNot) WhyNot(CounterDescription counter, long left, DropLedger? ledger) =>
        ledger is { TotalLost: > 0 }
        ? (
            UnseenCause.AlertsLost,
            string.Create(
                CultureInfo.InvariantCulture, $"{Plural.Of(ledger.TotalLost, "alert was", "alerts were")} lost, which may account for it"))
        : (counter.Unseen, UnseenText.Of(counter, left));

    private List<SeenDrops> Merge(IEnumerable<(DropSite Site, long Count)> drops)
    {
        var merged = new Dictionary<(string? Reason, string? Subsystem, string? Function, string? Explanation), SeenDrops>();
        foreach ((DropSite site, long count) in drops)
        {
            var key = (site.Reason, site.ReasonSubsystem, site.Function, site.Explanation);
            if (merged.TryGetValue(key, out SeenDrops? seen))
            {
                seen.Count = SaturatingCount.Add(seen.Count, count);
            }
            else
            {
                merged.Add(
                    key,
                    new SeenDrops(
                        site,
                        SiteCounters.Find(
                            knowledge, site.Reason, site.ReasonSubsystem, site.Function, site.Explanation))
                    { Count = count });
            }
        }

        return [.. merged.Values.OrderByDescending(seen => seen.Count)];
    }

    private sealed class SeenDrops(DropSite site, SiteCounters counters)
    {
        public DropSite Site { get; } = site;

        public SiteCounters Counters { get; } = counters;

        public long Count { get; set; }
    }
}
