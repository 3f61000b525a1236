using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The kernel's switch: off afterwards if it was off before, on if it was on, and configured as it was.</summary>
public sealed class SwitchScenarios(KernelUnderTest kernel)
{
    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    public void A_monitor_turns_the_switch_on_and_off_again(SourceUnderTest source)
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe();

        using (DropMonitor.Start(source.Options()))
        {
            Assert.True(probe.IsOn);
        }

        Assert.False(probe.IsOn);
    }

    [Fact]
    public void A_monitor_leaves_the_configuration_as_it_found_it()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };

        using (DropMonitor.Start(SourceUnderTest.NetDmPacket.Options()))
        {
            Assert.NotEqual(NetDmProbe.Odd, probe.Configuration);
        }

        Assert.Equal(NetDmProbe.Odd, probe.Configuration);
    }

    [Fact]
    public void A_monitor_that_somebody_else_turned_on_is_listened_to_and_left_alone()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        probe.TurnOn();
        using var traffic = DropTraffic.Ipv4();

        Collection seen = Collection.Of(SourceUnderTest.NetDmPacket.Options(), traffic, 5);

        Assert.Equal(5, seen.Count);
        Assert.Equal((true, DropAlertMode.Summary), (seen.Status.ListensAlong, seen.Status.Mode));
        Assert.Contains(seen.Status.Warnings, warning =>
            warning.Contains("listening along; its configuration and its state are left alone", StringComparison.Ordinal));
        Assert.Equal((true, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void A_monitor_taken_over_is_given_back_on_and_configured_as_it_was()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe { Configuration = NetDmProbe.Odd };
        probe.TurnOn();
        using var traffic = DropTraffic.Ipv4();

        Collection seen = Collection.Of(SourceUnderTest.NetDmPacket.Options() with { Force = true }, traffic, 5);

        Assert.Equal((false, DropAlertMode.Packet, 5), (seen.Status.ListensAlong, seen.Status.Mode, seen.Mine.Count));
        Assert.Contains(seen.Status.Warnings, warning =>
            warning.StartsWith("Took over a drop monitor that another process enabled (mode Summary, truncation 77, queue 1234,",
                StringComparison.Ordinal));
        Assert.Equal((true, NetDmProbe.Odd), (probe.IsOn, probe.Configuration));
    }

    [Fact]
    public void The_first_of_two_monitors_to_end_does_not_end_the_other()
    {
        kernel.Require(KernelFeature.NetDm);
        using var probe = new NetDmProbe();
        using var traffic = DropTraffic.Ipv4();

        DropMonitor first = DropMonitor.Start(SourceUnderTest.NetDmPacket.Options());
        using DropMonitor second = DropMonitor.Start(SourceUnderTest.NetDmPacket.Options());
        traffic.Send(3);
        first.Stop();
        traffic.Send(4);
        second.Stop();

        Assert.Equal((3, 7), (first.Snapshot().Count(traffic.Owns), second.Snapshot().Count(traffic.Owns)));
        Assert.False(probe.IsOn);
    }
}
