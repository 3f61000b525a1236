using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Ownership;

/// <summary>Rarer ways to end, after each of which the kernel is as it was before.</summary>
public sealed class EndingScenarios(KernelUnderTest kernel)
{
    private const int Quit = 3; // SIGQUIT
    private const int MoreThanAPipeHolds = 5000;

    private static readonly TimeSpan BetweenSignals = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Control_backslash_leaves_the_monitor_off_and_configured_as_before()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        session.Signal(Quit);
        session.WaitForExit();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void Two_signals_at_once_leave_the_monitor_off_and_configured_as_before()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        using var kill = new ChildProcess("bash", ["-c", $"kill -TERM {session.Id}; kill -INT {session.Id}"]);
        kill.WaitForExit();
        session.WaitForExit();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void A_second_signal_ends_a_session_whose_reader_has_stalled(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using DropmonProcess session = DropmonProcess.Watch(source);
        session.StopReading();
        using var traffic = DropTraffic.Ipv4();
        // Far more than a pipe holds.
        traffic.Send(MoreThanAPipeHolds);

        // Again and again, since the first may come before the session has begun to write.
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    session.Signal(Signals.Terminate);
                    return session.HasExitedWithin(BetweenSignals);
                },
                Patience),
            "No signal ended it.");

        session.ReadOn();
        Assert.Equal(128 + Signals.Terminate, session.WaitForExit());
        Assert.Contains("Ended by a second signal: the rest of the output was not written.", session.Errors, StringComparison.Ordinal);
        if (kernel.Has(KernelFeature.NetDm))
        {
            using var probe = new NetDmProbe();
            Assert.False(probe.IsOn);
        }
    }

    [Fact]
    public void A_closed_terminal_leaves_the_monitor_off_and_configured_as_before()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        // script gives it a terminal; when script dies the kernel hangs that terminal up.
        using var terminal = new ChildProcess("script",
            ["--quiet", "--flush", "--command", $"exec '{DropmonProcess.Executable}' watch --source NetDm", "/dev/null"],
                DropmonProcess.Runtime);
        terminal.NextLine(line => line.Contains("Watching with", StringComparison.Ordinal));
        string watch = File.ReadAllText($"/proc/{terminal.Id}/task/{terminal.Id}/children").Split(' ')[0];

        terminal.Signal(Signals.Kill);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists("/proc/" + watch), TimeSpan.FromSeconds(60)),
            $"Process {watch} outlived its terminal.");
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }
}
