using System.Diagnostics;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;
using DropMon.Sources;

namespace DropMon.KernelTests.Kernel;

/// <summary>What a monitor saw of a scenario's traffic.</summary>
/// <param name="Mine">The alerts of that traffic.</param>
/// <param name="Others">The rest.</param>
/// <param name="Status">The monitor's status after it stopped.</param>
internal sealed record Collection(IReadOnlyList<DropAlert> Mine, IReadOnlyList<DropAlert> Others, DropMonitorStatus Status)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Reading the symbols takes an emulated machine seconds: once for all scenarios.
    private static readonly KernelKnowledge Knowledge = KernelKnowledge.OfThisMachine();

    /// <summary>How many packets the alerts of that traffic stand for.</summary>
    public long Count => Mine.Sum(alert => alert.Count);

    /// <summary>Sends, with a monitor on, and waits until all of it has arrived, or nothing more will for a long time.</summary>
    public static Collection Of(DropMonitorOptions options, DropTraffic traffic, long count)
    {
        var seen = new List<DropAlert>();
        using DropMonitor monitor = Start(options);
        traffic.Send(count);
        var clock = Stopwatch.StartNew();
        var batch = new DropAlert[1024];
        for (long arrived = 0; arrived < count && clock.Elapsed < Patience;)
        {
            DropAlert[] next = batch[..monitor.Take(batch, Look)];
            arrived += next.Where(traffic.Owns).Sum(alert => alert.Count);
            seen.AddRange(next);
        }

        return End(monitor, traffic, seen);
    }

    /// <summary>
    /// Sends, with a monitor on, and stops the monitor as soon as the kernel has dropped it all: what arrived by then has arrived, and the
    /// ledger has the rest.
    /// </summary>
    public static Collection OfStorm(DropMonitorOptions options, DropTraffic traffic, long count)
    {
        using DropMonitor monitor = Start(options);
        long before = DropTraffic.NoPorts();
        traffic.Send(count);
        // A machine that is behind leaves the last of them to a thread of the kernel.
        SpinWait.SpinUntil(() => DropTraffic.NoPorts() - before >= count, Patience);
        return End(monitor, traffic, []);
    }

    private static DropMonitor Start(DropMonitorOptions options) =>
        DropMonitor.Start(options, new SourceSelector(SourceCatalog.Default).Open(options).Source, Knowledge);

    private static Collection End(DropMonitor monitor, DropTraffic traffic, List<DropAlert> seen)
    {
        monitor.Stop();
        var batch = new DropAlert[1024];
        while (!monitor.IsDrained)
        {
            seen.AddRange(batch[..monitor.Take(batch, Look)]);
        }

        ILookup<bool, DropAlert> byOwner = seen.ToLookup(traffic.Owns);
        return new Collection([.. byOwner[true]], [.. byOwner[false]], monitor.GetStatus());
    }
}
