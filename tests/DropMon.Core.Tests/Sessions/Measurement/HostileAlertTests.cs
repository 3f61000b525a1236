using DropMon.Sessions.Measurement;
using DropMon.Terminal;

namespace DropMon.Tests.Sessions.Measurement;

/// <summary>Counts and times are whatever a file says.</summary>
public class HostileAlertTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DropSite Site = new() { Function = "a" };
    private static readonly DropSite Other = new() { Function = "b" };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Alerts_of_the_largest_count_stay_the_largest_group(int alerts)
    {
        DropMeasurement[] groups = Measure([.. Enumerable.Repeat(Alert(Site, long.MaxValue), alerts), Alert(Other, 5)]);

        Assert.Equal([("a", long.MaxValue), ("b", 5)], groups.Select(group => (group.Name, group.Count)));
        Assert.Equal(1, groups[0].Share, 3);
        Assert.Contains("at least 9223372036854775807", groups[0].ToString());
        Assert.All(groups, group => Assert.All(group.History, count => Assert.True(count >= 0)));
    }

    [Fact]
    public void Groups_that_cannot_be_added_up_share_what_there_is()
    {
        DropMeasurement[] groups = Measure([Alert(Site, long.MaxValue), Alert(Other, long.MaxValue)]);

        Assert.All(groups, group => Assert.Equal(0.5, group.Share, 3));
        Assert.Equal(
            long.MaxValue,
            new TopModel().Advance(
                groups, TimeSpan.FromSeconds(1),
                new DropMonitorStatus
                {
                    State = DropMonitorState.Stopped,
                    Source = "NetDm",
                    Since = Now,
                    Ledger = new DropLedger()
                }).Total);
        Assert.Equal(
            DropHealthStatus.Failed,
            new DropHealthCheck { MaxCount = 1 }.Judge(groups, TimeSpan.FromSeconds(1), new DropLedger())[0].Status);
        Assert.Equal(long.MaxValue, new DropHealthCheck().Judge(groups, TimeSpan.FromSeconds(1), new DropLedger())[0].Count);
        DropComparison both = DropComparer.Compare([groups[0], groups[0]], [groups[0], groups[0]])[0];
        Assert.Equal((long.MaxValue, long.MaxValue), (both.CountBefore, both.CountAfter));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(100_100)]
    public void A_rate_that_only_counts_too_large_to_add_up_reach_is_reached(long secondAt)
    {
        var threshold = new RateThreshold(8e18);
        threshold.Add(5_000_000_000_000_000_000, 100_000);
        Assert.False(threshold.IsReached);

        threshold.Add(5_000_000_000_000_000_000, secondAt);

        Assert.True(threshold.IsReached);
    }

    [Fact]
    public void From_the_first_year_to_the_last_is_a_time_like_any_other()
    {
        DropMeasurement group = Assert.Single(
            Measure(
                [new DropAlert(Site, DateTimeOffset.MinValue), new DropAlert(Site, DateTimeOffset.MaxValue), new DropAlert(Site, Now)]));

        Assert.Equal(DateTimeOffset.MinValue.UtcTicks, group.First.UtcTicks);
        Assert.Equal(DateTimeOffset.MaxValue.UtcTicks, group.Last.UtcTicks);
        Assert.Equal(DateTimeOffset.MaxValue - DateTimeOffset.MinValue, group.Duration);
        Assert.Equal(3, group.History.Sum());
        Assert.Equal(1, group.History[0]);
        Assert.Equal(1, group.History[^1]);
    }

    [Fact]
    public void The_longest_time_that_there_is_may_have_been_measured()
    {
        var measurer = new AlertMeasurer([]);
        measurer.Add(new DropAlert(Site, DateTimeOffset.MaxValue));

        Assert.Equal(1, Assert.Single(measurer.Read(TimeSpan.MaxValue)).Count);
    }

    [Fact]
    public void Groups_with_long_names_are_counted_together_before_they_fill_the_memory()
    {
        var tally = new DropTally([DropGroupKey.Function], 0);
        for (int i = 0; i < 9000; i++)
        {
            string name = $"{i}".PadLeft(AlertLimits.MostText, 'x');
            var site = new DropSite { Function = name, Weight = AlertLimits.MostSite };
            tally.Find(new GroupLabel([name]), site).Add(1, 0, 0);
        }

        IReadOnlyList<DropMeasurement> groups = tally.Snapshot(0, TimeSpan.FromSeconds(1), null);
        Assert.InRange(tally.Bytes, 1, 65 * 1024 * 1024);
        Assert.Equal(9000, groups.Sum(group => group.Count));
        Assert.Equal("(others)", groups[0].Name);
    }

    private static DropAlert Alert(DropSite site, long count) => new(site, Now) { Count = count };

    private static DropMeasurement[] Measure(DropAlert[] alerts)
    {
        var measurer = new AlertMeasurer([DropGroupKey.Function]);
        Array.ForEach(alerts, measurer.Add);
        return [.. measurer.Read()];
    }
}
