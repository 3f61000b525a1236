using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;

namespace DropMon.KernelTests.Scenarios;

/// <summary>Several at once, each a process of its own: all receive, and the first to go ends nobody else.</summary>
public sealed class CompanyScenarios(KernelUnderTest kernel)
{
    [Fact]
    public void Two_sessions_and_dropwatch_all_receive()
    {
        kernel.Require(KernelFeature.NetDm);
        RequireDropwatch();
        using var probe = new NetDmProbe();
        using var traffic = DropTraffic.Ipv4();
        using var dropwatch = new DropwatchProcess();
        using DropmonProcess first = DropmonProcess.Watch(SourceUnderTest.NetDmSummary);
        using DropmonProcess second = DropmonProcess.Watch(SourceUnderTest.NetDmSummary);

        traffic.Send(7);

        first.WaitFor(traffic, 7);
        second.WaitFor(traffic, 7);
        dropwatch.NextLine(line => line.StartsWith("7 drops at ", StringComparison.Ordinal));
    }

    [Fact]
    public void Sessions_that_end_leave_dropwatch_running()
    {
        kernel.Require(KernelFeature.NetDm);
        RequireDropwatch();
        using var probe = new NetDmProbe();
        using var traffic = DropTraffic.Ipv4();
        using var dropwatch = new DropwatchProcess();
        foreach (int signal in (int[])[Signals.Interrupt, Signals.Kill])
        {
            using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmSummary);
            session.Signal(signal);
            session.WaitForExit();
        }

        traffic.Send(7);

        dropwatch.NextLine(line => line.StartsWith("7 drops at ", StringComparison.Ordinal));
        Assert.True(probe.IsOn);
    }

    [Fact]
    public void A_session_that_ends_leaves_another_running()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe();
        using var traffic = DropTraffic.Ipv4();
        using DropmonProcess first = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);
        using DropmonProcess second = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        first.Signal(Signals.Interrupt);
        first.WaitForExit();
        traffic.Send(7);

        second.WaitFor(traffic, 7);
    }

    [Fact]
    public void The_last_session_to_end_turns_the_monitor_off()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using DropmonProcess first = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);
        using DropmonProcess second = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        foreach (DropmonProcess session in (DropmonProcess[])[first, second])
        {
            session.Signal(Signals.Interrupt);
            session.WaitForExit();
        }

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void Many_sessions_that_start_and_end_at_once_turn_the_monitor_off_when_the_last_has_ended()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        DropmonProcess[] sessions = [.. Enumerable.Range(0, 6)
            .Select(_ => new DropmonProcess("watch", "--source", "NetDm", "--duration", "3"))];

        int[] codes = Array.ConvertAll(sessions, session => session.WaitForExit());
        string errors = string.Join('\n', sessions.Select(session => session.Errors));
        Array.ForEach(sessions, session => session.Dispose());

        Assert.All(codes, code => Assert.Equal(0, code));
        Assert.DoesNotContain("No record can be kept", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Another process", errors, StringComparison.Ordinal);
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    private void RequireDropwatch()
    {
        Assert.False(kernel.IsQuiet && !DropwatchProcess.IsInstalled, "The rig installs dropwatch, and it is not there.");
        Assert.SkipUnless(DropwatchProcess.IsInstalled, "dropwatch is not on PATH");
    }
}
