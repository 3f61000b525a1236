using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Privileges;

/// <summary>What docs/privileges.md promises: just these capabilities, and it works; without them, words that lead to the fix.</summary>
public sealed class LeastPrivilegeScenarios(KernelUnderTest kernel) : IDisposable
{
    private const int HighestWithPerfMon = 2;
    private static readonly int Paranoia = int.Parse(
        File.ReadAllText("/proc/sys/kernel/perf_event_paranoid"), System.Globalization.CultureInfo.InvariantCulture);

    // Debian's levels above 2 ask for more.
    private static readonly string[] ForTracepoint = [Paranoia > HighestWithPerfMon ? "sys_admin" : "perfmon", "dac_read_search"];

    // Up to Linux 5.10 maps count against the limit of locked memory.
    private string[] ForEbpf => kernel.Version < new Version(5, 11) ? ["bpf", "perfmon", "sys_resource"] : ["bpf", "perfmon"];

    private static readonly string[] ForDropMonitor = ["net_admin", "sys_admin"];

    private readonly OrdinaryUser _user = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void The_tracepoint_works_for_an_ordinary_user_with_just_its_capabilities()
    {
        kernel.Require(KernelFeature.Tracepoint);

        JsonElement control = ResultOf([.. ForTracepoint, "syslog"], "ControlDropTracepoint");

        Assert.Equal("Passed", control.GetProperty("Status").GetString());
    }

    [Fact]
    public void Without_CAP_SYSLOG_the_function_is_missing_and_the_doctor_says_why()
    {
        kernel.Require(KernelFeature.Tracepoint);

        using JsonDocument report = Doctor(ForTracepoint, out int exitCode);

        Assert.Equal(0, exitCode);
        Assert.Equal("Warning", Find(report, "ControlDropTracepoint").GetProperty("Status").GetString());
        Assert.Contains("CAP_SYSLOG", Find(report, "KernelSymbols").GetProperty("Remedy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_drop_monitor_works_for_an_ordinary_user_with_just_its_capabilities()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe();

        JsonElement control = ResultOf([.. ForDropMonitor, "syslog"], "ControlDropNetDm");

        Assert.Equal("Passed", control.GetProperty("Status").GetString());
        Assert.False(probe.IsOn);
    }

    [Fact]
    public void The_eBPF_source_works_for_an_ordinary_user_with_just_its_capabilities()
    {
        kernel.Require(KernelFeature.Ebpf);

        JsonElement control = ResultOf([.. ForEbpf, "syslog"], "ControlDropEbpf");

        Assert.Equal("Passed", control.GetProperty("Status").GetString());
    }

    [Theory]
    [InlineData("bpf")]
    [InlineData("perfmon")]
    [InlineData("net_admin")]
    public void With_less_than_the_eBPF_source_needs_it_names_what_it_needs(string held)
    {
        kernel.Require(KernelFeature.Ebpf);

        using ChildProcess dropmon = _user.Dropmon([held], "watch", "--source", "Ebpf", "--duration", "1");

        Assert.Equal(3, dropmon.WaitForExit());
        Assert.Contains("CAP_BPF and CAP_PERFMON", dropmon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_capability_it_is_told_which_are_needed()
    {
        kernel.Require(KernelFeature.Tracepoint);

        using ChildProcess dropmon = _user.Dropmon([], "watch", "--duration", "1");

        Assert.Equal(3, dropmon.WaitForExit());
        Assert.Contains(
            "Without root the eBPF source needs CAP_BPF and CAP_PERFMON, the drop monitor CAP_NET_ADMIN and CAP_SYS_ADMIN, the tracepoint "
                + "CAP_PERFMON and CAP_DAC_READ_SEARCH.",
            dropmon.Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("perfmon", "CAP_DAC_READ_SEARCH")]
    [InlineData("dac_read_search", "perf_event_paranoid")]
    public void With_half_of_what_the_tracepoint_needs_the_other_half_is_named(string held, string missing)
    {
        kernel.Require(KernelFeature.Tracepoint);

        using ChildProcess dropmon = _user.Dropmon([held], "watch", "--source", "Tracepoint", "--duration", "1");

        Assert.Equal(3, dropmon.WaitForExit());
        Assert.Contains(missing, dropmon.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sys_admin")]
    [InlineData("net_raw")]
    public void Without_CAP_NET_ADMIN_the_drop_monitor_names_it(string held)
    {
        kernel.Require(KernelFeature.NetDm);

        using ChildProcess dropmon = _user.Dropmon([held], "watch", "--source", "NetDm", "--duration", "1");

        Assert.Equal(3, dropmon.WaitForExit());
        Assert.Contains("CAP_NET_ADMIN", dropmon.Errors, StringComparison.Ordinal);
    }

    private static JsonElement Find(JsonDocument report, string name) =>
        report.RootElement.GetProperty("Results").EnumerateArray().Single(result => result.GetProperty("Name").GetString() == name);

    private JsonElement ResultOf(string[] capabilities, string name)
    {
        using JsonDocument report = Doctor(capabilities, out int exitCode);
        Assert.Equal(0, exitCode);
        return Find(report, name).Clone();
    }

    private JsonDocument Doctor(string[] capabilities, out int exitCode)
    {
        using ChildProcess dropmon = _user.Dropmon(capabilities, "doctor", "--json");
        string text = string.Join('\n', dropmon.ReadToEnd());
        exitCode = dropmon.WaitForExit();
        Assert.True(text.StartsWith('{'), $"{text}\n{dropmon.Errors}");
        return JsonDocument.Parse(text);
    }
}
