using DropMon.Machine;
using DropMon.Monitoring.Preflight;
using DropMon.Preflight.Checks;
using DropMon.Sources;
using DropMon.Sources.Ebpf.Checks;
using DropMon.Sources.NetDm.Checks;
using DropMon.Sources.Tracepoint;
using DropMon.Sources.Tracepoint.Checks;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Preflight;

/// <summary>What each check makes of a machine.</summary>
public class CheckTests
{
    private const string Status = "/proc/thread-self/status";
    private const string Paranoid = "/proc/sys/kernel/perf_event_paranoid";
    private const string Lockdown = "/sys/kernel/security/lockdown";
    private const ulong All = 0x1ffffffffff;
    private const ulong NetAdmin = 1UL << 12, SysAdmin = 1UL << 21, PerfMon = 1UL << 38, DacReadSearch = 1UL << 2;

    [Theory]
    [InlineData(All, PreflightStatus.Passed)]
    [InlineData(NetAdmin | SysAdmin | PerfMon | DacReadSearch, PreflightStatus.Passed)]
    [InlineData(NetAdmin | SysAdmin, PreflightStatus.Warning)]
    [InlineData(PerfMon | DacReadSearch, PreflightStatus.Warning)]
    [InlineData(SysAdmin | DacReadSearch, PreflightStatus.Warning)]
    [InlineData(PerfMon, PreflightStatus.Failed)]
    [InlineData(NetAdmin, PreflightStatus.Failed)]
    [InlineData(0UL, PreflightStatus.Failed)]
    public void Capabilities_suffice_for_both_sources_for_one_or_for_none(ulong effective, PreflightStatus expected) =>
        Assert.Equal(expected, Run(new CapabilitiesCheck(SourceCatalog.Default), With(effective)).Status);

    [Fact]
    public void Missing_capabilities_are_named()
    {
        PreflightResult result = Run(new CapabilitiesCheck(SourceCatalog.Default), With(NetAdmin));

        Assert.Contains("In effect: CAP_NET_ADMIN.", result.Detail, StringComparison.Ordinal);
        Assert.Contains("CAP_PERFMON", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Capabilities_within_a_user_namespace_are_not_taken_for_the_kernels()
    {
        PreflightResult result = Run(
            new CapabilitiesCheck(SourceCatalog.Default), With(All).File("/proc/self/uid_map", "         0       1000          1\n"));

        Assert.Equal(PreflightStatus.Warning, result.Status);
        Assert.Contains("user namespace", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_file_that_makes_no_sense_means_no_capability() =>
        Assert.Equal(default, CapabilitySet.Parse("CapEff:\tzz\nCapEff"));

    [Theory]
    [InlineData("0\n", PreflightStatus.Passed)]
    [InlineData("2\n", PreflightStatus.Passed)]
    [InlineData(null, PreflightStatus.Skipped)]
    public void The_switch_of_unprivileged_BPF_is_said_not_to_matter(string? value, PreflightStatus expected)
    {
        FakeMachine machine = With(All);
        PreflightResult result = Run(
            new UnprivilegedBpfCheck(), value is null ? machine : machine.File("/proc/sys/kernel/unprivileged_bpf_disabled", value));

        Assert.Equal(expected, result.Status);
        Assert.Contains("does not matter", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void CPUs_whose_idling_is_not_recorded_are_named_with_what_helps()
    {
        PreflightResult result = new IdleCpuRecordCheck().Describe(
            [new IdleCpu(0, IsRecorded: true, IsSwallowed: false), new IdleCpu(1, IsRecorded: false, IsSwallowed: true)]);

        Assert.Equal(PreflightStatus.Warning, result.Status);
        Assert.Contains("on CPU 1 while it is idle", result.Detail, StringComparison.Ordinal);
        Assert.Contains("taskset -c 1 ", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_CPU_that_was_never_idle_is_no_fault_and_no_proof()
    {
        PreflightResult result = new IdleCpuRecordCheck().Describe(
            [new IdleCpu(0, IsRecorded: true, IsSwallowed: false), new IdleCpu(1, IsRecorded: false, IsSwallowed: false)]);

        Assert.Equal(PreflightStatus.Skipped, result.Status);
        Assert.Contains("CPU 1 was never idle", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1\n", 0UL, PreflightStatus.Passed)]
    [InlineData("2\n", PerfMon, PreflightStatus.Passed)]
    [InlineData("4\n", SysAdmin, PreflightStatus.Passed)]
    [InlineData("2\n", 0UL, PreflightStatus.Warning)]
    [InlineData("4\n", NetAdmin, PreflightStatus.Warning)]
    [InlineData("3\n", PerfMon, PreflightStatus.Warning)]
    public void Paranoia_matters_to_those_without_CAP_PERFMON(string level, ulong effective, PreflightStatus expected) =>
        Assert.Equal(expected, Run(new PerfEventParanoidCheck(), With(effective).File(Paranoid, level)).Status);

    [Fact]
    public void A_kernel_without_perf_events_is_told() =>
        Assert.Contains("no perf events", Run(new PerfEventParanoidCheck(), With(All)).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("[none] integrity confidentiality\n", PreflightStatus.Passed)]
    [InlineData("none [integrity] confidentiality\n", PreflightStatus.Passed)]
    [InlineData("none integrity [confidentiality]\n", PreflightStatus.Warning)]
    [InlineData("", PreflightStatus.Skipped)]
    [InlineData("]broken[", PreflightStatus.Skipped)]
    public void Lockdown_matters_from_confidentiality_on(string text, PreflightStatus expected) =>
        Assert.Equal(expected, Run(new LockdownCheck(), With(All).File(Lockdown, text)).Status);

    [Fact]
    public void A_kernel_without_lockdown_skips_with_a_reason()
    {
        PreflightResult result = Run(new LockdownCheck(), With(All));

        Assert.Equal(PreflightStatus.Skipped, result.Status);
        Assert.NotEmpty(result.Detail);
    }

    [Fact]
    public void Another_network_namespace_is_told_by_what_its_settings_lack()
    {
        Assert.Equal(PreflightStatus.Warning, Run(new NetworkNamespaceCheck(), With(All)).Status);
        Assert.Equal(
            PreflightStatus.Passed,
            Run(new NetworkNamespaceCheck(), With(All).File("/proc/sys/net/core/netdev_max_backlog", "1000\n")).Status);
    }

    [Fact]
    public void In_another_network_namespace_the_drop_monitor_is_skipped_and_not_missing() =>
        Assert.Equal(PreflightStatus.Skipped, Run(new DropMonitorCheck(), With(All)).Status);

    private static FakeMachine With(ulong effective) => new FakeMachine().File(Status, $"Name:\tx\nCapEff:\t{effective:x16}\n");

    private static PreflightResult Run(IPreflightCheck check, FakeMachine machine)
    {
        PreflightResult result = check.Run(new PreflightContext(machine));
        Assert.Equal(check.Name, result.Name);
        Assert.True(
            result.Status is PreflightStatus.Passed or PreflightStatus.Skipped || result.Remedy is not null, "A finding without a remedy.");
        return result;
    }
}
