using DropMon.KernelTests.Kernel;
using DropMon.Sessions;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// The eBPF source reports each provoked cause, those that the drop monitor misses too, with interface, network namespace and bytes.
/// </summary>
public sealed class EbpfCauseTests(KernelUnderTest kernel)
{
    private static readonly Lazy<KernelKnowledge> Knowledge = new(() =>
    {
        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        knowledge.Symbols.TryResolve(1, out _);
        return knowledge;
    });

    public static TheoryData<string> Causes => [.. CauseRuns.Causes.Keys];

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_drop_is_reported_with_where_it_belongs(string name)
    {
        kernel.Require(KernelFeature.Ebpf);
        DropCause cause = CauseRuns.Causes[name];
        CauseRun run = CauseRun.Of(cause, Knowledge.Value, kernel.Version, "Ebpf");
        if (run.Missing is { } missing)
        {
            Assert.False(kernel.IsQuiet, $"A kernel of the rig must be able to do this: {missing}");
            Assert.Skip(missing);
        }

        int expected = kernel.Version < cause.SeenSince ? 0 : CauseRun.Count;
        Assert.True(run.Alerts.Count >= expected, $"{run.Alerts.Count} of {expected} were reported as expected. Seen: {run.Seen}");
        string missed = string.Join("; ", run.Alerts.Where(
            alert => alert is { InterfaceName: null } or { NetworkNamespace: null } or { Payload: null or { Length: 0 } })
            .Select(alert => $"{alert.Function}: {alert.InterfaceName ?? "no interface"}, namespace {alert.NetworkNamespace}, "
                + $"{alert.Payload?.Length} bytes").Distinct());
        Assert.True(missed.Length == 0, missed);
    }
}
