using DropMon.Reasons;
using DropMon.Reconciliation;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// One cause, brought about a number of times under a monitor: what the alerts, the counters and their reconciliation say.
/// </summary>
internal sealed class CauseRun
{
    public const int Count = 20;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(40);

    // Others on this machine drop packets too; these are the busiest places.
    private static readonly NamePatternSet Noise = NamePatternSet.Parse(
        ["udp_rcv", "__udp4_lib_rcv", "unix_*", "tcp_v4_rcv", "ip_protocol_deliver_rcu", "udpv6_rcv", "__udp6_lib_rcv"]);

    private CauseRun()
    {
    }

    /// <summary>Why this kernel cannot do it; null where it was done.</summary>
    public string? Missing { get; private init; }

    /// <summary>The alerts at the expected functions with the expected reason.</summary>
    public IReadOnlyList<DropAlert> Alerts { get; private init; } = [];

    /// <summary>All sites seen meanwhile, for messages.</summary>
    public string Seen { get; private init; } = "";

    /// <summary>What each counter of the receiver did.</summary>
    public IReadOnlyDictionary<string, long> Increases { get; private init; } = new Dictionary<string, long>();

    public IReadOnlyList<CounterReconciliation> Reconciled { get; private init; } = [];

    public static CauseRun Of(DropCause cause, KernelKnowledge knowledge, Version kernel, string source = DropSourceName.Auto)
    {
        using var pair = new NamespacePair();
        if (cause.Missing(pair) is { } missing)
        {
            return new CauseRun { Missing = missing };
        }

        cause.Prepare(pair);
        var options = new DropMonitorOptions
        {
            Source = cause.NeedsTracepoint && source == DropSourceName.Auto ? "Tracepoint" : source,
        };
        OpenedSource opened = new SourceSelector(SourceCatalog.Default).Open(options);
        using DropMonitor monitor = DropMonitor.Start(options, opened.Source, knowledge, opened.Note);
        DropCounterSnapshot before = pair.Receiver.Run(DropCounterSnapshot.Read);
        cause.Provoke(pair, Count);
        int expected = kernel >= cause.SeenSince ? Count : 0;
        List<DropAlert> alerts = Collect(monitor, expected, alert => IsOf(cause, alert.Function) && alert.Reason == cause.ReasonOn(kernel));
        alerts.RemoveAll(alert => IsNoise(cause, alert));
        DropCounterSnapshot after = pair.Receiver.Run(DropCounterSnapshot.Read);
        monitor.Stop();
        List<DropAlert> late = TakeRest(monitor);
        late.RemoveAll(alert => IsNoise(cause, alert));
        if (expected == 0)
        {
            // Nobody waited for any: stopping has brought all there were.
            alerts.AddRange(late);
        }

        DropAlert[] own = [.. alerts.Where(alert => IsOf(cause, alert.Function) && alert.Reason == cause.ReasonOn(kernel))];
        IEnumerable<(DropSite Site, long Count)> sites = alerts.GroupBy(alert => alert.Site)
            .Select(group => (group.Key, group.Sum(alert => (long)alert.Count)));
        return new CauseRun
        {
            Alerts = own,
            Seen = $"({late.Count} came only when the monitor was stopped; {monitor.GetLedger()}) "
                + string.Join("; ", alerts.GroupBy(alert => $"{alert.Reason} {alert.Class} {alert.Type} at {alert.Function}")
                    .Select(group => $"{group.Key} x{group.Count()}")),
            Increases = DropMon.Counters.DropCounterComparison.Compare(before.Counters, after.Counters)
                .Where(change => change.Scope.Length == 0 || !change.Name.StartsWith("Ip6.", StringComparison.Ordinal)
                    && !change.Name.StartsWith("Icmp6.", StringComparison.Ordinal))
                .GroupBy(change => change.Name).ToDictionary(group => group.Key, group => group.Sum(change => change.Increase)),
            Reconciled = new Reconciler(DropKnowledge.Embedded).Reconcile(before, after, sites, monitor.GetLedger()),
        };
    }

    private static List<DropAlert> Collect(DropMonitor monitor, int expected, Predicate<DropAlert> isOwn)
    {
        var alerts = new List<DropAlert>();
        var batch = new DropAlert[256];
        long deadline = Environment.TickCount64 + (long)MostTime.TotalMilliseconds;
        long own = 0;
        while (own < expected && Environment.TickCount64 < deadline)
        {
            int taken = monitor.Take(batch, TimeSpan.FromMilliseconds(deadline - Environment.TickCount64));
            foreach (DropAlert alert in batch.AsSpan(0, taken))
            {
                alerts.Add(alert);
                own += isOwn(alert) ? alert.Count : 0;
            }
        }

        return alerts;
    }

    private static bool IsNoise(DropCause cause, DropAlert alert) => alert.Function is null
        || (!IsOf(cause, alert.Function) && Noise.Matches(alert.Function));

    // Alerts that were there and were not handed on while a reader waited for them are no alerts.
    private static List<DropAlert> TakeRest(DropMonitor monitor)
    {
        var rest = new List<DropAlert>();
        var batch = new DropAlert[256];
        while (monitor.Take(batch, TimeSpan.Zero) is > 0 and int taken)
        {
            rest.AddRange(batch[..taken]);
        }

        return rest;
    }

    private static bool IsOf(DropCause cause, string? function) => NamePatternSet.Parse(cause.Functions).Matches(function);
}
