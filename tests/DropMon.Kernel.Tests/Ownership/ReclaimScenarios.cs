using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.Sources.NetDm;

namespace DropMon.KernelTests.Ownership;

/// <summary>After SIGKILL nobody can act: the next session cleans up what the dead one has left, and only that.</summary>
public sealed class ReclaimScenarios(KernelUnderTest kernel)
{
    [Fact]
    public void The_next_session_cleans_up_after_one_that_was_killed()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        Kill();
        Assert.True(probe.IsOn, "Nothing was left on, so there is nothing to clean up.");

        string notes = RunNext();

        Assert.True(notes.Contains("reclaimed", StringComparison.Ordinal), notes);
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void After_a_killed_session_that_had_taken_over_the_next_gives_back_what_was_taken()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        probe.TurnOn();
        Kill("--force");

        RunNext();

        Assert.Equal((true, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_somebody_else_has_configured_after_the_kill_is_his(bool isOn)
    {
        kernel.Require(KernelFeature.NetDm);
        NetDmConfiguration theirs = new(DropAlertMode.Packet, 5, 600);
        using var probe = new NetDmProbe();
        Kill();
        probe.TurnOff();
        probe.Configuration = theirs;
        if (isOn)
        {
            probe.TurnOn();
        }

        string notes = RunNext();

        const string Expected = "Another process has configured the drop monitor since DropMon did (mode Packet, truncation 5, queue 600)";
        Assert.True(notes.Contains(Expected, StringComparison.Ordinal), notes);
        Assert.Equal((isOn, theirs), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void What_was_turned_off_after_the_kill_gets_its_former_configuration_back()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        Kill();
        probe.TurnOff();

        RunNext();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void A_module_unloaded_after_the_kill_starts_afresh()
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(kernel.IsQuiet, "unloads a module: only on a kernel that the rig has booted");
        Kill();
        DropMonitorModule.Unload();

        RunNext();

        using var probe = new NetDmProbe();
        Assert.Equal((false, NetDmConfiguration.KernelDefault), (probe.IsOn, probe.Configuration));
    }

    private static string Record => Path.Combine(NetDmOwnership.DefaultDirectory, "drop-monitor.json");

    private static void Kill(params string[] options)
    {
        using DropmonProcess killed = DropmonProcess.Watch(SourceUnderTest.NetDmPacket, options);
        Assert.True(File.Exists(Record), $"The session did not turn the drop monitor on itself: {killed.Errors}");
        killed.Signal(Signals.Kill);
        killed.WaitForExit();
        Assert.True(File.Exists(Record), $"The session removed its record before it was killed: {killed.Errors}");
    }

    // What the next session tells of what it has found.
    private static string RunNext()
    {
        using var next = new DropmonProcess("watch", "--source", "NetDm", "--duration", "0.2");
        next.ReadToEnd();
        Assert.Equal(0, next.WaitForExit());
        return next.Errors;
    }
}
