using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;

namespace DropMon.KernelTests.Conditions;

/// <summary>Settings of the whole machine, changed under a monitor: only where nobody else lives.</summary>
public sealed class SettingScenarios(KernelUnderTest kernel)
{
    [Theory]
    [InlineData("/proc/sys/kernel/perf_event_paranoid", "4")]
    [InlineData("/proc/sys/kernel/perf_event_paranoid", "3")]
    public void However_paranoid_root_may_use_the_tracepoint(string path, string value)
    {
        RequireQuiet();
        using var traffic = DropTraffic.Ipv4();

        With(path, value, () => Assert.Equal(3, Collection.Of(SourceUnderTest.Tracepoint.Options(), traffic, 3).Count));
    }

    [Fact]
    public void With_symbols_hidden_the_tracepoint_tells_addresses_and_the_drop_monitor_the_kernels_own_text()
    {
        RequireQuiet();
        kernel.Require(KernelFeature.NetDm);

        With("/proc/sys/kernel/kptr_restrict", "2", () =>
        {
            // A process of its own, which has never seen the symbols.
            using var doctor = new DropmonProcess("doctor", "--json");
            using JsonDocument report = JsonDocument.Parse(string.Join('\n', doctor.ReadToEnd()));

            Assert.Contains("whose function is unknown", Detail(report, "ControlDropTracepoint"), StringComparison.Ordinal);
            Assert.Contains("udp", Detail(report, "ControlDropNetDm"), StringComparison.Ordinal);
            Assert.Contains("kptr_restrict 2", Detail(report, "KernelSymbols"), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void A_stepped_clock_is_followed(SourceUnderTest source)
    {
        RequireQuiet();
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        using DropMonitor monitor = DropMonitor.Start(source.Options());
        Step(TimeSpan.FromDays(1));
        try
        {
            traffic.Send(1);

            DropAlert alert = Next(monitor, traffic);

            Assert.InRange(DateTimeOffset.Now - alert.Timestamp, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
        }
        finally
        {
            Step(TimeSpan.FromDays(-1));
        }
    }

    private static string Detail(JsonDocument report, string name) =>
        report.RootElement.GetProperty("Results").EnumerateArray().Single(result => result.GetProperty("Name").GetString() == name)
            .GetProperty("Detail").GetString()!;

    private static DropAlert Next(DropMonitor monitor, DropTraffic traffic)
    {
        var one = new DropAlert[1];
        while (monitor.Take(one, TimeSpan.FromSeconds(30)) == 1)
        {
            if (traffic.Owns(one[0]))
            {
                return one[0];
            }
        }

        throw new TimeoutException("The drop did not arrive.");
    }

    private static void Step(TimeSpan by)
    {
        long target = DateTimeOffset.UtcNow.Add(by).ToUnixTimeSeconds();
        using var date = new ChildProcess("date", ["--set", $"@{target}"]);
        Assert.Equal(0, date.WaitForExit());
    }

    private static void With(string path, string value, Action action)
    {
        string before = File.ReadAllText(path);
        File.WriteAllText(path, value);
        try
        {
            action();
        }
        finally
        {
            File.WriteAllText(path, before);
        }
    }

    private void RequireQuiet() => Assert.SkipUnless(
        kernel.IsQuiet, "changes settings of the whole machine: only on a kernel that the rig has booted");
}
