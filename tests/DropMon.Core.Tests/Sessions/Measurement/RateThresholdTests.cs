using DropMon.Sessions.Measurement;

namespace DropMon.Tests.Sessions.Measurement;

public class RateThresholdTests
{
    [Fact]
    public void So_many_within_a_second_reach_it()
    {
        var threshold = new RateThreshold(10);
        threshold.Add(4, 10_100);
        threshold.Add(6, 10_900);
        Assert.True(threshold.IsReached);
    }

    [Fact]
    public void So_many_over_two_seconds_do_not()
    {
        var threshold = new RateThreshold(10);
        threshold.Add(6, 10_100);
        threshold.Add(4, 11_300);
        Assert.False(threshold.IsReached);
    }

    [Fact]
    public void What_is_long_ago_is_forgotten()
    {
        var threshold = new RateThreshold(10);
        threshold.Add(9, 10_000);
        threshold.Add(9, 1_000_000_000);
        Assert.False(threshold.IsReached);
    }
}
