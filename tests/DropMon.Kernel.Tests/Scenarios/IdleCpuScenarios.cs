using DropMon.KernelTests.Causes;
using DropMon.KernelTests.Kernel;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight;
using DropMon.Sessions;
using DropMon.Sources.Tracepoint;
using DropMon.Text;

namespace DropMon.KernelTests.Scenarios;

/// <summary>Drops in the interrupts of idle CPUs: delivered, or counted where the kernel writes no record of them.</summary>
public sealed class IdleCpuScenarios(KernelUnderTest kernel)
{
    private const int Fragments = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_a_timer_drops_on_an_idle_CPU_is_delivered_or_counted_as_unrecorded()
    {
        kernel.Require(KernelFeature.Tracepoint);
        bool isRecorded = IdleCpuProbe.Look().All(cpu => cpu.IsRecorded);
        using var pair = new NamespacePair();
        DropCause cause = CauseRuns.Causes["fragments whose rest never comes"];
        cause.Prepare(pair);
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.Tracepoint.Options());

        cause.Provoke(pair, Fragments);
        Assert.True(SpinWait.SpinUntil(() => pair.Receiver.Run(TimedOut) >= Fragments, Patience), "The fragments were not given up.");

        monitor.Stop();
        DropLedger ledger = monitor.GetLedger();
        var alerts = new DropAlert[10_000];
        int delivered = alerts.AsSpan(0, monitor.Take(alerts, TimeSpan.Zero)).ToArray()
            .Count(alert => NamePatternSet.Parse(cause.Functions).Matches(alert.Function));
        if (isRecorded)
        {
            Assert.Equal((Fragments, 0), (delivered, ledger.UnrecordedLost));
        }
        else
        {
            // Which CPU's timer it was nobody can choose; others' drops there are swallowed, too.
            Assert.True(delivered == Fragments || ledger.UnrecordedLost >= Fragments, $"{delivered} delivered; {ledger.DescribeLoss()}");
            Assert.Equal(0, ledger.RingLost);
        }
    }

    [Fact]
    public void The_preflight_says_whether_idle_CPUs_are_recorded()
    {
        kernel.Require(KernelFeature.Tracepoint);

        IReadOnlyList<IdleCpu> cpus = [];
        bool isCertain = SpinWait.SpinUntil(() => (cpus = IdleCpuProbe.Look()).All(cpu => cpu.IsRecorded || cpu.IsSwallowed), Patience);
        Assert.SkipUnless(isCertain, $"a CPU was never idle for {Patience.TotalSeconds} seconds: {string.Join(", ", cpus)}");

        int[] swallowing = [.. cpus.Where(cpu => cpu.IsSwallowed).Select(cpu => cpu.Cpu)];
        PreflightStatus expected = swallowing.Length == 0 ? PreflightStatus.Passed : PreflightStatus.Warning;
        PreflightResult result = null!;
        // A CPU that others keep busy in that moment passes.
        SpinWait.SpinUntil(() => (result = Assert.Single(PreflightRun.Run().Results, result => result.Name == "IdleCpuRecord"))
            .Status == expected, Patience);

        Assert.Equal(expected, result.Status);
        Assert.False(kernel.IsQuiet && swallowing.Length > 0, result.Detail);
        if (swallowing.Length > 0)
        {
            Assert.Contains($"CPU {string.Join(",", swallowing)} while it is idle", result.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bell_that_has_rung_rings_again_when_it_is_armed_again()
    {
        kernel.Require(KernelFeature.Tracepoint);

        Assert.True(DoorbellProof.Try());
    }

    private static long TimedOut() => DropCounterSnapshot.Read().Counters.Single(counter => counter.Name == "Ip.ReasmTimeout").Value;
}
