using DropMon.Filters;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>Datagrams to a closed port, through each source: how many, where, why.</summary>
public sealed class ClosedPortScenarios(KernelUnderTest kernel)
{
    private const int Datagrams = 37;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Every_datagram_arrives_and_none_twice(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();

        Assert.Equal(Datagrams, Collection.Of(source.Options(), traffic, Datagrams).Count);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Each_lone_drop_is_told_before_the_next(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        using DropMonitor monitor = DropMonitor.Start(
            source.Options() with { Filter = DropFilter.None.With(FilterField.Class, nameof(DropClass.Udp)) });

        for (int i = 0; i < 5; i++)
        {
            traffic.Send(1);
            Assert.True(HearsOf(traffic, monitor), $"Drop {i + 1} was not reported within {Patience.TotalSeconds} seconds.");
        }
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Alerts_name_the_function_that_gave_up(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();

        DropAlert alert = Assert.Single(Collection.Of(source.Options(), traffic, 1).Mine);

        Assert.Equal(kernel.Version < new Version(7, 0) ? "__udp4_lib_rcv" : "udp_rcv", alert.Function);
        Assert.NotEqual(0UL, alert.Offset);
        Assert.Null(alert.Module);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Alerts_give_the_reason_where_the_kernel_does(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        bool tells = source.TellsReasons(kernel);

        DropAlert alert = Assert.Single(Collection.Of(source.Options(), traffic, 1).Mine);

        Assert.Equal(tells ? ("NO_SOCKET", "core") : (null, null), (alert.Reason, alert.ReasonSubsystem));
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Alerts_are_classified_as_what_they_are(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();

        DropAlert alert = Assert.Single(Collection.Of(source.Options(), traffic, 1).Mine);

        Assert.Equal(DropClass.Udp, alert.Class);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void The_time_is_that_of_the_drop(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        TimeSpan clockDrift = TimeSpan.FromMilliseconds(10);

        DateTimeOffset before = DateTimeOffset.Now - clockDrift;
        Collection seen = Collection.Of(source.Options(), traffic, 3);
        DateTimeOffset after = DateTimeOffset.Now + clockDrift;

        Assert.All(seen.Mine, alert => Assert.InRange(alert.Timestamp, before, after));
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void Datagrams_over_ipv6_arrive_as_what_they_are(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv6();

        Collection seen = Collection.Of(source.Options(), traffic, Datagrams);

        Assert.Equal(Datagrams, seen.Count);
        Assert.All(seen.Mine, alert => Assert.Equal((DropClass.Udp, (ushort?)0x86dd), (alert.Class, alert.EtherType)));
    }

    [Fact]
    public void The_tracepoint_tells_whose_context_it_was()
    {
        kernel.Require(KernelFeature.Tracepoint);
        using var traffic = DropTraffic.Ipv4();
        string self = File.ReadAllText("/proc/self/comm").Trim();

        DropAlert alert = Assert.Single(Collection.Of(SourceUnderTest.Tracepoint.Options(), traffic, 1).Mine);

        Assert.Equal((Environment.ProcessId, self), (alert.ProcessId, alert.ProcessName));
    }

    // Only what a source tells of itself counts: nothing is asked for in between.
    private static bool HearsOf(DropTraffic traffic, DropMonitor monitor)
    {
        var alerts = new DropAlert[64];
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Environment.TickCount64 < deadline)
        {
            int taken = monitor.Take(alerts, TimeSpan.FromSeconds(1));
            if (alerts.Take(taken).Any(traffic.Owns))
            {
                return true;
            }
        }

        return false;
    }
}
