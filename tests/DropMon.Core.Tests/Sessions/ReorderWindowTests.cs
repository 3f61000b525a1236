using DropMon.Sessions;

namespace DropMon.Tests.Sessions;

public sealed class ReorderWindowTests
{
    private static readonly DateTimeOffset Start = new(2025, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private readonly ReorderWindow _window = new(TimeSpan.FromMilliseconds(250), capacity: 100, bytes: 1_000_000);

    [Fact]
    public void An_alert_is_held_back_until_its_time_is_up()
    {
        _window.Add(At(0), size: 1, now: 1000);
        Assert.Empty(_window.Release(now: 1249));
        Assert.Single(_window.Release(now: 1250));
    }

    [Fact]
    public void One_that_happened_earlier_but_came_later_goes_first()
    {
        _window.Add(At(20), size: 1, now: 1000);
        _window.Add(At(10), size: 1, now: 1200);
        Assert.Equal([10, 20], Milliseconds(_window.Release(now: 1250)));
    }

    [Fact]
    public void One_that_happened_later_does_not_go_along()
    {
        _window.Add(At(10), size: 1, now: 1000);
        _window.Add(At(20), size: 1, now: 1001);
        Assert.Equal([10], Milliseconds(_window.Release(now: 1250)));
        Assert.Equal(1, _window.Count);
    }

    [Fact]
    public void Equal_times_stay_in_the_order_of_arrival()
    {
        DropAlert first = At(10);
        DropAlert second = At(10);
        _window.Add(first, size: 1, now: 1000);
        _window.Add(second, size: 1, now: 1000);
        Assert.Equal([first, second], _window.ReleaseAll());
    }

    [Fact]
    public void A_host_whose_clock_is_behind_holds_nobody_back_for_longer()
    {
        _window.Add(At(3_600_000), size: 1, now: 1000);
        for (int i = 0; i < 50; i++)
        {
            _window.Add(At(i), size: 1, now: 1000 + (i * 5));
        }

        Assert.Equal(3_600_000, Milliseconds(_window.Release(now: 1250))[^1]);
    }

    [Fact]
    public void More_than_fit_push_out_the_earliest()
    {
        for (int i = 0; i < 103; i++)
        {
            _window.Add(At(i), size: 1, now: 1000);
        }

        Assert.Equal([0, 1, 2], Milliseconds(_window.Release(now: 1000)));
    }

    [Fact]
    public void Larger_ones_than_fit_push_out_the_earliest()
    {
        var window = new ReorderWindow(TimeSpan.FromSeconds(5), capacity: 100, bytes: 1000);
        window.Add(At(0), size: 600, now: 1000);
        window.Add(At(1), size: 300, now: 1000);
        Assert.Empty(window.Release(now: 1000));
        window.Add(At(2), size: 200, now: 1000);
        Assert.Equal([0], Milliseconds(window.Release(now: 1000)));
    }

    [Fact]
    public void What_went_early_is_not_remembered_without_bound()
    {
        _window.Add(At(3_600_000), size: 1, now: 1000);
        for (int i = 0; i < 300; i++)
        {
            _window.Add(At(i), size: 1, now: 1000);
            foreach (DropAlert alert in _window.Release(now: 1000))
            {
                if (alert.Timestamp == Start.AddMilliseconds(3_600_000))
                {
                    return;
                }
            }
        }

        Assert.Fail("The one from the future is still remembered, and with it all that went before.");
    }

    [Fact]
    public void The_wait_is_that_of_the_oldest_which_is_still_held_back()
    {
        _window.Add(At(10), size: 1, now: 1000);
        _window.Add(At(20), size: 1, now: 1100);
        Assert.Equal(240, _window.DueIn(now: 1010));
        Assert.Single(_window.Release(now: 1250));
        Assert.Equal(100, _window.DueIn(now: 1250));
    }

    [Fact]
    public void Nothing_held_back_means_no_wait_to_tell() => Assert.Equal(-1, _window.DueIn(now: 5));

    private static DropAlert At(int milliseconds) => new(new DropSite(), Start.AddMilliseconds(milliseconds));

    private static double[] Milliseconds(IEnumerable<DropAlert> alerts) =>
        alerts.Select(alert => (alert.Timestamp - Start).TotalMilliseconds).ToArray();
}
