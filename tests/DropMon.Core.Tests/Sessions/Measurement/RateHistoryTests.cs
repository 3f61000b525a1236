using DropMon.Sessions.Measurement;

namespace DropMon.Tests.Sessions.Measurement;

public class RateHistoryTests
{
    [Fact]
    public void A_minute_is_kept_second_by_second()
    {
        long[] expected = new long[60];
        var history = new RateHistory();
        for (int second = 0; second < 60; second++)
        {
            history.Add(second, second);
            expected[second] = second;
        }

        Assert.Equal(expected, history.Copy(HistoryWindow.Of(0, 59, history.Shift)));
    }

    [Fact]
    public void A_longer_time_is_kept_in_longer_intervals()
    {
        var history = new RateHistory();
        history.Add(0, 3);
        history.Add(100, 4);
        Assert.Equal(1, history.Shift);
    }

    [Fact]
    public void No_count_is_lost_when_intervals_are_joined()
    {
        var history = new RateHistory();
        for (int second = 0; second < 10_000; second++)
        {
            history.Add(second, 1);
        }

        HistoryWindow window = HistoryWindow.Of(0, 9_999, history.Shift);
        Assert.Equal((10_000, 256), (history.Copy(window).Sum(), 1 << window.Shift));
    }

    [Fact]
    public void Seconds_may_come_in_any_order()
    {
        var history = new RateHistory();
        history.Add(30, 1);
        history.Add(-20, 2);
        history.Add(0, 3);
        long[] counts = history.Copy(HistoryWindow.Of(-20, 30, history.Shift));
        Assert.Equal((2, 3, 1), (counts[0], counts[20], counts[50]));
    }

    [Fact]
    public void What_lies_outside_the_window_is_shown_at_its_nearer_end()
    {
        var history = new RateHistory();
        history.Add(-5, 1);
        history.Add(0, 1);
        history.Add(9, 1);
        Assert.Equal([2, 0, 1], history.Copy(HistoryWindow.Of(0, 2, history.Shift)));
    }

    [Fact]
    public void A_time_from_another_century_is_borne()
    {
        var history = new RateHistory();
        history.Add(0, 1);
        history.Add(-9_000_000_000, 1);
        Assert.Equal(2, history.Copy(HistoryWindow.Of(0, 0, history.Shift)).Sum());
    }
}
