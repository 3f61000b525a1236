using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Monitoring;

namespace DropMon.KernelTests.Weather;

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
    public void With_symbols_hidden_drops_still_arrive_and_the_address_stays()
    {
        RequireQuiet();
        using var traffic = DropTraffic.Ipv4();

        With("/proc/sys/kernel/kptr_restrict", "2", () =>
        {
            Collection seen = Collection.Of(SourceUnderTest.Tracepoint.Options(), traffic, 3);

            Assert.Equal(3, seen.Count);
            Assert.All(seen.Mine, alert => Assert.StartsWith("0x", alert.Location, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void With_symbols_hidden_the_drop_monitor_falls_back_on_the_kernels_own_text()
    {
        RequireQuiet();
        kernel.Require(KernelFeature.NetDm);
        using var traffic = DropTraffic.Ipv4();

        With("/proc/sys/kernel/kptr_restrict", "2", () =>
            Assert.All(Collection.Of(SourceUnderTest.NetDmPacket.Options(), traffic, 3).Mine, alert => Assert.Contains("udp", alert.Function, StringComparison.Ordinal)));
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
        using var date = new Processes.ChildProcess("date", ["--set", $"@{target}"]);
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

    private void RequireQuiet() => Assert.SkipUnless(kernel.IsQuiet, "changes settings of the whole machine: only on a kernel that the rig has booted");
}
