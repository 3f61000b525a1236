using DropMon.Filters;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;

namespace DropMon.Tests.Sessions.Measurement;

public class DropMeterTests
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private static readonly PlayedDrop[] Mixed =
    [
        new(0x1010, "NO_SOCKET", Process: 11),
        new(0x1010, "NO_SOCKET", Process: 12, Cpu: 1),
        new(0x1020, "NO_SOCKET", Count: 5, Interface: "eth0"),
        new(0x1010, "UDP_CSUM"),
        new(0x2010, "NO_SOCKET", Interface: "eth1"),
    ];

    [Fact]
    public void Drops_of_one_function_and_reason_count_together() =>
        Assert.Equal(
            [("function_1, NO_SOCKET", 7), ("function_1, UDP_CSUM", 1), ("function_2, NO_SOCKET", 1)],
            Measure(Mixed, DropMeter.DefaultKeys).Select(group => (group.Name, group.Count)));

    [Fact]
    public void Places_in_one_function_count_apart_by_location() =>
        Assert.Equal(
            ["function_1+0x20", "function_1+0x10", "function_2+0x10"],
            Measure(Mixed, [DropGroupKey.Location]).Select(group => group.Location));

    [Fact]
    public void Without_keys_there_is_one_group_of_all() =>
        Assert.Equal([("(all)", 9, 1.0)], Measure(Mixed, []).Select(group => (group.Name, group.Count, group.Share)));

    [Fact]
    public void Cpus_count_apart() =>
        Assert.Equal([(0, 8L), (1, 1L)], Measure(Mixed, [DropGroupKey.Cpu]).Select(group => (group.Cpu!.Value, group.Count)));

    [Fact]
    public void Interfaces_count_apart_and_what_has_none_is_unknown() =>
        Assert.Equal(
            [("eth0", 5L), ("(unknown)", 3L), ("eth1", 1L)],
            Measure(Mixed, [DropGroupKey.InterfaceName]).Select(group => (group.Name, group.Count)));

    [Fact]
    public void Processes_count_apart() =>
        Assert.Equal(3, Measure(Mixed, [DropGroupKey.ProcessId]).Count);

    [Fact]
    public void What_all_sites_of_a_group_share_is_told() =>
        Assert.Equal("NO_SOCKET", Measure(Mixed[..3], [DropGroupKey.Function])[0].Reason);

    [Fact]
    public void What_the_sites_of_a_group_do_not_share_is_null() =>
        Assert.Null(Measure(Mixed, [DropGroupKey.Function])[0].Reason);

    [Fact]
    public void Shares_make_up_the_whole() =>
        Assert.Equal(1.0, Measure(Mixed, DropMeter.DefaultKeys).Sum(group => group.Share), 12);

    [Fact]
    public void The_filter_decides_what_counts()
    {
        DropFilter filter = DropFilter.None.With(FilterField.Reason, "UDP_CSUM");
        using DropMeter meter = Start(new PlayedSource(Mixed, Now), DropMeter.DefaultKeys, filter);
        meter.Stop();
        Assert.Equal((1, 4L), (meter.Read().Count, meter.GetLedger().FilteredOut));
    }

    [Fact]
    public void Losses_of_the_source_are_in_every_group()
    {
        using DropMeter meter = Start(new PlayedSource(Mixed, Now) { Totals = new SourceTotals(DropLosses.Of((LossCause.Ring, 42))) }, []);
        Assert.Equal(42, meter.Read()[0].Ledger!.RingLost);
    }

    [Fact]
    public void Stopping_closes_the_source()
    {
        var source = new PlayedSource(Mixed, Now);
        Start(source, []).Stop();
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public void What_was_counted_before_an_error_can_be_read()
    {
        using DropMeter meter = Start(new PlayedSource(Mixed, Now, new InvalidOperationException("broken")), []);
        Assert.True(meter.WaitForEnd(TimeSpan.FromSeconds(30)));
        Assert.Equal(9, meter.Read()[0].Count);
    }

    [Fact]
    public void An_error_of_the_source_is_raised()
    {
        using DropMeter meter = Start(new PlayedSource(Mixed, Now, new InvalidOperationException("broken")), []);
        Assert.True(meter.WaitForEnd(TimeSpan.FromSeconds(30)));
        Assert.Throws<InvalidOperationException>(meter.ThrowIfFailed);
    }

    [Fact]
    public void A_rate_that_is_reached_ends_the_measurement()
    {
        using DropMeter meter = DropMeter.Start(
            new DropMonitorOptions(), new DropMeterOptions { MinPerSecond = 9 }, new PlayedSource(Mixed, Now), PlayedKernel.Knowledge);
        Assert.True(meter.WaitForEnd(TimeSpan.FromSeconds(30)));
        Assert.True(meter.IsRateReached);
    }

    [Fact]
    public void A_rate_that_is_not_reached_does_not_end_it()
    {
        using DropMeter meter = DropMeter.Start(
            new DropMonitorOptions(), new DropMeterOptions { MinPerSecond = 10 }, new PlayedSource(Mixed, Now), PlayedKernel.Knowledge);
        meter.Read();
        Assert.False(meter.WaitForEnd(TimeSpan.Zero) || meter.IsRateReached);
    }

    [Fact]
    public void Counts_by_site_are_there_for_reconciliation()
    {
        using DropMeter meter = Start(new PlayedSource(Mixed, Now), [DropGroupKey.Class]);
        meter.Stop();
        Assert.Equal([1, 1, 2, 5], meter.CountBySite().Values.Order());
    }

    private static IReadOnlyList<DropMeasurement> Measure(PlayedDrop[] drops, IReadOnlyList<DropGroupKey> by)
    {
        using DropMeter meter = Start(new PlayedSource(drops, Now), by);
        meter.Stop();
        return meter.Read();
    }

    private static DropMeter Start(PlayedSource source, IReadOnlyList<DropGroupKey> by, DropFilter? filter = null) =>
        DropMeter.Start(
            new DropMonitorOptions { Filter = filter ?? DropFilter.None }, new DropMeterOptions { By = by }, source,
            PlayedKernel.Knowledge);
}
