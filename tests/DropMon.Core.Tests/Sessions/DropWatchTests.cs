using DropMon.Sessions;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Sessions;

public class DropWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_watch_ends_after_the_number_of_alerts_that_was_asked_for()
    {
        var source = new FakeSource(1, 2, 3, 4, 5);
        using DropWatch watch = Watch(source, null, 3);
        source.WaitUntilDelivered();

        Assert.Equal(["f1", "f2", "f3"], All(watch));
        Assert.True(source.IsDisposed);
        Assert.Equal((3, 2), (watch.Monitor.GetLedger().Delivered, watch.Monitor.GetLedger().Unread));
        Assert.Equal(1, watch.Progress);
    }

    [Fact]
    public void The_last_alerts_do_not_wait_for_the_source_to_close()
    {
        var source = new FakeSource(1);
        using DropWatch watch = Watch(source, null, 1);

        Assert.Equal("f1", watch.Next(Patience)[0].Function);
        Assert.False(source.IsDisposed);
        Assert.False(watch.IsEnded);

        Assert.True(watch.Next(Patience).IsEmpty);
        Assert.True(source.IsDisposed);
        Assert.True(watch.IsEnded);
    }

    [Fact]
    public void A_watch_for_no_alerts_ends_at_once()
    {
        using DropWatch watch = Watch(new FakeSource(), null, 0);

        Assert.True(watch.Next(Timeout.InfiniteTimeSpan).IsEmpty);
        Assert.True(watch.IsEnded);
    }

    [Fact]
    public void A_watch_whose_time_is_over_hands_on_what_came_within_it()
    {
        var source = new FakeSource(1) { OnStop = [2] };
        using DropWatch watch = Watch(source, TimeSpan.FromMilliseconds(1), null);

        Assert.Equal(["f1", "f2"], All(watch));
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public void A_cancelled_watch_hands_on_what_has_come()
    {
        var source = new FakeSource(1);
        using DropWatch watch = Watch(source, TimeSpan.FromHours(1), null);
        source.WaitUntilDelivered();

        watch.Cancel();

        Assert.Equal(["f1"], All(watch));
    }

    [Fact]
    public void A_watch_may_be_cancelled_after_its_end()
    {
        DropWatch watch = Watch(new FakeSource(), null, 0);
        All(watch);
        watch.Dispose();

        watch.Cancel();
    }

    [Fact]
    public void A_watch_whose_source_fails_tells_so_after_what_came()
    {
        using DropWatch watch = Watch(new FakeSource(1) { EndsWith = new OptionException("It broke.", "") }, null, null);

        Assert.Equal(1, watch.Next(Patience).Length);
        Assert.Throws<OptionException>(() => watch.Next(Patience).Length);
    }

    [Fact]
    public void What_the_source_comes_upon_ends_the_wait_of_a_reader_who_would_wait_for_ever()
    {
        using DropWatch watch = Watch(new FakeSource { WarnsOf = "It was turned off." }, null, null);

        Assert.True(watch.Next(Timeout.InfiniteTimeSpan).IsEmpty);
        Assert.False(watch.IsEnded);
        Assert.Equal(["It was turned off."], watch.Monitor.Warnings);
    }

    [Fact]
    public void Nothing_within_the_patience_is_no_end()
    {
        using DropWatch watch = Watch(new FakeSource(), TimeSpan.FromHours(1), null);

        Assert.True(watch.Next(TimeSpan.FromMilliseconds(1)).IsEmpty);
        Assert.False(watch.IsEnded);
        Assert.InRange(watch.Progress, 0, 0.1);
    }

    private static DropWatch Watch(FakeSource source, TimeSpan? duration, long? count) =>
        DropWatch.Start(DropMonitor.Start(new DropMonitorOptions(), source, new FakeKnowledge().Knowledge), duration, count);

    private static List<string?> All(DropWatch watch)
    {
        var functions = new List<string?>();
        while (!watch.IsEnded)
        {
            foreach (DropAlert alert in watch.Next(Patience))
            {
                functions.Add(alert.Function);
            }
        }

        return functions;
    }
}
