using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;

namespace DropMon.KernelTests.Ownership;

/// <summary>Rarer ways to end, after each of which the kernel is as it was before.</summary>
public sealed class EndingScenarios(KernelUnderTest kernel)
{
    private const int Quit = 3; // SIGQUIT

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

    [Fact]
    public void A_closed_terminal_leaves_the_monitor_off_and_configured_as_before()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        // script gives it a terminal; when script dies the kernel hangs that terminal up.
        using var terminal = new ChildProcess("script", ["--quiet", "--flush", "--command", $"exec '{DropmonProcess.Executable}' watch --source NetDm", "/dev/null"], DropmonProcess.Runtime);
        terminal.NextLine(line => line.Contains("Watching with", StringComparison.Ordinal));
        string watch = File.ReadAllText($"/proc/{terminal.Id}/task/{terminal.Id}/children").Split(' ')[0];

        terminal.Signal(Signals.Kill);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists("/proc/" + watch), TimeSpan.FromSeconds(60)), $"Process {watch} outlived its terminal.");
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }
}
