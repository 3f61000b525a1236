using DropMon.Sessions.Measurement;

namespace DropMon.Tests.Sessions.Measurement;

public class AlertMeasurerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DropSite Site = new() { Function = "tcp_v4_rcv", Reason = "NO_SOCKET", Class = DropClass.Tcp };
    private static readonly DropSite Twin = new() { Function = "tcp_v4_rcv", Reason = "NO_SOCKET", Class = DropClass.Tcp };

    [Fact]
    public void Sites_that_read_alike_count_together() =>
        Assert.Equal(3, Assert.Single(Measure(DropMeter.DefaultKeys, Alert(Site, 0), Alert(Twin, 1), Alert(Site, 2))).Count);

    [Fact]
    public void A_summary_counts_for_all_its_packets() =>
        Assert.Equal(100, Measure([], new DropAlert(Site, Start) { Count = 100 })[0].Count);

    [Fact]
    public void The_time_is_that_from_first_to_last_whatever_the_order() =>
        Assert.Equal(
            (Start, TimeSpan.FromSeconds(20)), Measure([], Alert(Site, 20), Alert(Site, 0), Alert(Site, 5))[0] is var group
                ? (group.Start.ToUniversalTime(), group.Duration)
                : default);

    [Fact]
    public void The_time_is_a_second_at_least() =>
        Assert.Equal(2, Measure([], Alert(Site, 0), Alert(Site, 0))[0].PerSecond);

    [Fact]
    public void The_history_begins_with_the_earliest_alert()
    {
        IReadOnlyList<long> history = Measure([], Alert(Site, 3), Alert(Site, 0), Alert(Site, 0))[0].History;
        Assert.Equal([2, 0, 1], history);
    }

    [Fact]
    public void A_given_duration_makes_the_rate()
    {
        var measurer = new AlertMeasurer([]);
        measurer.Add(Alert(Site, 0));
        Assert.Equal(0.1, measurer.Read(TimeSpan.FromSeconds(10))[0].PerSecond);
    }

    [Fact]
    public void The_peak_of_a_time_shorter_than_an_interval_is_the_average() =>
        Assert.Equal(6, Groups.Of("a", 3, seconds: 0.5).PeakPerSecond);

    [Fact]
    public void Alerts_of_two_computers_count_apart() =>
        Assert.Equal(
            ["a", "b"],
            Measure(
                [DropGroupKey.ComputerName], new DropAlert(Site, Start) { ComputerName = "a" },
                new DropAlert(Site, Start) { ComputerName = "b" }).Select(group => group.ComputerName));

    [Fact]
    public void No_alerts_make_no_groups() => Assert.Empty(Measure([]));

    private static DropAlert Alert(DropSite site, int second) => new(site, Start.AddSeconds(second));

    private static IReadOnlyList<DropMeasurement> Measure(IReadOnlyList<DropGroupKey> by, params DropAlert[] alerts)
    {
        var measurer = new AlertMeasurer(by);
        Array.ForEach(alerts, measurer.Add);
        return measurer.Read();
    }
}
