using System.Collections.Concurrent;
using DropMon.KernelTests.Kernel;
using DropMon.Sessions;

namespace DropMon.KernelTests.Causes;

/// <summary>Runs each cause once, for all tests about it.</summary>
public sealed class CauseRuns : IDisposable
{
    private readonly ConcurrentDictionary<string, CauseRun> _runs = new();
    private readonly KernelKnowledge _knowledge = KernelKnowledge.OfThisMachine();

    private readonly KernelUnderTest _kernel;
    private readonly BusyCpus? _busy;

    /// <summary>
    /// Reads the symbols before any monitor runs: in a guest on a busy machine that takes longer than a drop may be late.
    /// </summary>
    public CauseRuns(KernelUnderTest kernel)
    {
        _kernel = kernel;
        _knowledge.Symbols.TryResolve(1, out _);
        _busy = kernel.Has(KernelFeature.Tracepoint) && Environment.IsPrivilegedProcess
            ? BusyCpus.WhereIdlingMayNotBeRecorded(kernel) : null;
    }

    public void Dispose() => _busy?.Dispose();

    internal static IReadOnlyDictionary<string, DropCause> Causes { get; } =
        Ipv4Causes.All.Concat(Ipv6Causes.All).Concat(TransportCauses.All).Concat(NetworkCauses.All).Concat(DeviceCauses.All)
            .ToDictionary(cause => cause.Name);

    internal Version Kernel => _kernel.Version;

    internal CauseRun Of(string cause)
    {
        _kernel.Require(KernelFeature.Tracepoint);
        CauseRun run = _runs.GetOrAdd(cause, name => CauseRun.Of(Causes[name], _knowledge, Kernel));
        if (run.Missing is { } missing)
        {
            Assert.False(_kernel.IsQuiet, $"A kernel of the rig must be able to do this: {missing}");
            Assert.Skip(missing);
        }

        return run;
    }
}

/// <summary>Real drops of known causes, in network namespaces of the test's own: what is said of them must be true.</summary>
public sealed class CauseTests(CauseRuns runs) : IClassFixture<CauseRuns>
{
    public static TheoryData<string> Causes => [.. CauseRuns.Causes.Keys];

    public static TheoryData<string> CountedCauses =>
        [.. CauseRuns.Causes.Values.Where(cause => cause.Counters.Length > 0).Select(cause => cause.Name)];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_drop_is_reported_with_its_function_and_reason(string cause)
    {
        CauseRun run = runs.Of(cause);
        long reported = run.Alerts.Sum(alert => alert.Count);
        if (runs.Kernel < CauseRuns.Causes[cause].SeenSince)
        {
            Assert.True(reported == 0, $"Linux {runs.Kernel} reports what it was thought not to: {run.Seen}");
            return;
        }

        Assert.True(reported >= CauseRun.Count, $"{reported} of {CauseRun.Count} were reported as expected. Seen: {run.Seen}");
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_alert_has_the_class_of_its_cause(string cause)
    {
        DropClass expected = CauseRuns.Causes[cause].ClassOn(runs.Kernel);
        DropAlert[] wrong = [.. runs.Of(cause).Alerts.Where(alert => alert.Class != expected)];
        Assert.True(wrong.Length == 0, $"{wrong.Length} alerts have class {wrong.FirstOrDefault()?.Class} at "
            + $"{wrong.FirstOrDefault()?.Function}.");
    }

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_alert_has_the_type_of_its_cause(string cause)
    {
        DropCause expected = CauseRuns.Causes[cause];
        CauseRun run = runs.Of(cause);
        bool known = expected.Type is not null && (!expected.TypeNeedsReason || runs.Kernel >= expected.ReasonSince);
        string? type = known ? expected.Type : expected.ReasonOn(runs.Kernel);
        Assert.All(run.Alerts.Where(alert => known || alert.Reason is not null), alert => Assert.Equal(type, alert.Type));
    }

    [Theory]
    [MemberData(nameof(CountedCauses))]
    public void The_counters_of_the_map_rise_by_as_many(string cause)
    {
        CauseRun run = runs.Of(cause);
        if (runs.Kernel >= CauseRuns.Causes[cause].CountersSince)
        {
            Assert.All(CauseRuns.Causes[cause].Counters,
                counter => Assert.Equal((counter, CauseRun.Count), (counter, run.Increases.GetValueOrDefault(counter))));
        }
    }

    [Theory]
    [MemberData(nameof(CountedCauses))]
    public void Reconciliation_explains_the_whole_increase(string cause)
    {
        CauseRun run = runs.Of(cause);
        if (runs.Kernel >= CauseRuns.Causes[cause].CountersSince)
        {
            Assert.All(CauseRuns.Causes[cause].Counters, counter =>
            {
                CounterReconciliation found = Assert.Single(run.Reconciled, result => result.Name == counter);
                Assert.True(found.Unexplained == 0, $"{found.Text}. Seen: {run.Seen}");
            });
        }
    }
}
