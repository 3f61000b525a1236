using System.Text.Json;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Native;
using DropMon.KernelTests.Processes;
using DropMon.KernelTests.Traffic;
using DropMon.Native;
using DropMon.Sources.NetDm;

namespace DropMon.KernelTests.Ownership;

/// <summary>Others turn the one switch while a session runs, unload its module, or listen on when it ends.</summary>
public sealed class InterferenceScenarios(KernelUnderTest kernel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_somebody_turns_off_is_on_again_within_moments_and_the_gap_is_told()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using var traffic = DropTraffic.Ipv4();
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        probe.TurnOff();
        HearsAgain(session, probe, traffic);
        string toldAtOnce = session.Errors;
        session.Signal(Signals.Terminate);

        Assert.Contains("Warning: Another process turned the drop monitor off: DropMon turned it on again", toldAtOnce,
            StringComparison.Ordinal);
        Assert.Contains(GapsOf(session), gap => gap.StartsWith(
            "Another process turned the drop monitor off: DropMon turned it on again", StringComparison.Ordinal));
        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void A_session_that_listened_along_goes_on_by_itself_when_the_other_turns_the_monitor_off()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = new NetDmConfiguration(DropAlertMode.Packet, 99, 2000) };
        probe.TurnOn();
        using var traffic = DropTraffic.Ipv4();
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        probe.TurnOff();
        HearsAgain(session, probe, traffic);
        session.Signal(Signals.Terminate);
        session.WaitForExit();

        Assert.Equal((false, 99u), (probe.IsOn, probe.Configuration.TruncationLength));
    }

    [Fact]
    public void A_module_unloaded_and_loaded_again_is_found_again()
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(kernel.IsQuiet, "unloads a module: only on a kernel that the rig has booted");
        using var traffic = DropTraffic.Ipv4();
        using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);

        // On, the monitor keeps its module in use; off, the module can go. The session is held still, lest it be quicker.
        session.Signal(Signals.Stop);
        DropMonitorModule.Unload();
        session.Signal(Signals.Continue);
        using NetDmProbe probe = WaitForMonitor();
        HearsAgain(session, probe, traffic);
        session.Signal(Signals.Terminate);

        Assert.Contains(GapsOf(session), gap => gap.StartsWith(
            "The drop monitor's module was unloaded: DropMon turned it on again", StringComparison.Ordinal));
        Assert.Equal((false, NetDmConfiguration.KernelDefault), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void Dropwatch_that_listens_when_the_last_session_ends_keeps_the_monitor_on_and_the_next_session_tidies_up()
    {
        kernel.Require(KernelFeature.NetDm);
        Assert.SkipUnless(DropwatchProcess.IsInstalled, "dropwatch is not on PATH");
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        using (var dropwatch = new ChildProcess("stdbuf", ["-oL", "dropwatch", "-l", "kas"]))
        {
            using DropmonProcess session = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);
            WaitForListeners(2);
            session.Signal(Signals.Terminate);
            session.WaitForExit();
            Assert.True(probe.IsOn, "It was turned off under dropwatch.");
        }

        using DropmonProcess next = DropmonProcess.Watch(SourceUnderTest.NetDmPacket);
        next.Signal(Signals.Terminate);
        next.WaitForExit();

        Assert.Equal((false, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    private static NetDmProbe WaitForMonitor()
    {
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText("/proc/modules").Contains("drop_monitor ", StringComparison.Ordinal),
            Patience), "Nobody loaded the module again.");
        return new NetDmProbe();
    }

    // The session and dropwatch, which joins the monitor's group as soon as it runs, whoever has turned the monitor on.
    private static void WaitForListeners(int count)
    {
        using NetDmClient client = NetDmClient.TryConnect()!;
        using var sockets = new NetlinkTable();
        var listeners = new NetDmListeners(client, sockets, ownPort: 0);
        Assert.True(SpinWait.SpinUntil(() => listeners.CountOthers() >= count, Patience),
            $"{listeners.CountOthers()} listen, not {count}.");
    }

    private static void HearsAgain(DropmonProcess session, NetDmProbe probe, DropTraffic traffic)
    {
        Assert.True(SpinWait.SpinUntil(() => probe.IsOn, Patience), "The session did not notice that it went deaf.");
        traffic.Send(7);
        session.WaitFor(traffic, 7);
    }

    private static string[] GapsOf(DropmonProcess session)
    {
        using JsonDocument ledger = JsonDocument.Parse(session.ReadToEnd()[^1]);
        return [.. ledger.RootElement.GetProperty("Gaps").EnumerateArray().Select(gap => gap.GetString()!)];
    }
}
