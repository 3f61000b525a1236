using System.Globalization;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>A CPU is taken offline and brought back while the tracepoint is read: its events follow, and the count stays exact.</summary>
public sealed class CpuScenarios(KernelUnderTest kernel) : IDisposable
{
    private const int Cpu = 1;
    private const int Datagrams = 1000;
    private static readonly string Switch = $"/sys/devices/system/cpu/cpu{Cpu}/online";
    private const long TicksPerSecond = 100;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Dispose()
    {
        if (File.Exists(Switch) && kernel.IsQuiet)
        {
            SetOnline(true);
        }
    }

    [Fact]
    public void Drops_before_and_after_a_CPU_was_offline_are_all_delivered()
    {
        RequireSecondCpu();
        using var traffic = DropTraffic.Ipv4();
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.Tracepoint.Options());

        PinnedThread.RunOn(Cpu, () => traffic.Send(Datagrams));
        SetOnline(false);
        traffic.Send(Datagrams);
        SetOnline(true);
        WaitUntilNoticed(monitor, 1);
        PinnedThread.RunOn(Cpu, () => traffic.Send(Datagrams));

        Dictionary<int, int> byCpu = End(monitor, traffic);
        Assert.Equal(0, monitor.GetLedger().TotalLost);
        Assert.Equal((Datagrams, 2 * Datagrams), (byCpu[0], byCpu[Cpu]));
    }

    [Fact]
    public void What_did_not_fit_into_the_ring_of_a_CPU_that_went_is_counted()
    {
        RequireSecondCpu();
        using var traffic = DropTraffic.Ipv4();
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.Tracepoint.Options() with { RingSize = Environment.SystemPageSize });

        PinnedThread.RunOn(Cpu, () => traffic.Send(10 * Datagrams));
        SetOnline(false);
        SetOnline(true);
        WaitUntilNoticed(monitor, 1);

        int delivered = End(monitor, traffic).Values.Sum();
        Assert.NotEqual(0, monitor.GetLedger().RingLost);
        Assert.Equal(10 * Datagrams, delivered + monitor.GetLedger().TotalLost);
    }

    [Fact]
    public void A_CPU_that_goes_and_comes_again_and_again_is_followed_each_time()
    {
        RequireSecondCpu();
        using var traffic = DropTraffic.Ipv4();
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.Tracepoint.Options());
        for (int round = 1; round <= 4; round++)
        {
            SetOnline(false);
            SetOnline(true);
            WaitUntilNoticed(monitor, round);
            PinnedThread.RunOn(Cpu, () => traffic.Send(Datagrams));
        }

        Assert.Equal(4 * Datagrams, End(monitor, traffic)[Cpu]);
        Assert.Equal(0, monitor.GetLedger().TotalLost);
    }

    [Fact]
    public void A_monitor_whose_CPU_went_waits_without_spinning()
    {
        RequireSecondCpu();
        using DropMonitor monitor = DropMonitor.Start(SourceUnderTest.Tracepoint.Options());
        SetOnline(false);
        monitor.Take(new DropAlert[1], Look);
        long before = SourceThreadTicks();

        Assert.Equal(0, monitor.Take(new DropAlert[1], Look));

        Assert.True(SourceThreadTicks() - before < TicksPerSecond, "The reader spins on a dead event.");
    }

    // utime and stime of proc(5), in hundredths of a second, of the thread that reads the rings: the youngest of that name.
    private static long SourceThreadTicks()
    {
        string stat = Directory.GetDirectories("/proc/self/task")
            .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            .Select(folder => File.ReadAllText(Path.Combine(folder, "stat")))
            .First(text => text.Contains("(DropMon source)", StringComparison.Ordinal));
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[11..13].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
    }

    private void RequireSecondCpu()
    {
        kernel.Require(KernelFeature.Tracepoint);
        Assert.SkipUnless(kernel.IsQuiet, "takes a CPU offline, which only a kernel of the rig's own bears");
        Assert.True(File.Exists(Switch), $"The rig's kernels have a CPU {Cpu} that can be taken offline.");
    }

    private static void SetOnline(bool online) => File.WriteAllText(Switch, online ? "1" : "0");

    private static void WaitUntilNoticed(DropMonitor monitor, int times) =>
        Assert.True(SpinWait.SpinUntil(() => monitor.GetStatus()
            .Notes.Count(note => note.StartsWith($"CPU {Cpu} came online", StringComparison.Ordinal)) >= times, Patience));

    private static Dictionary<int, int> End(DropMonitor monitor, DropTraffic traffic)
    {
        monitor.Stop();
        var seen = new List<DropAlert>();
        var batch = new DropAlert[1024];
        while (!monitor.IsDrained)
        {
            seen.AddRange(batch[..monitor.Take(batch, TimeSpan.Zero)]);
        }

        return seen.Where(traffic.Owns).GroupBy(alert => alert.Cpu!.Value).ToDictionary(group => group.Key, group => group.Count());
    }
}
