using System.Globalization;
using DropMon.Sessions;

namespace DropMon.Tests.Sessions;

public class AlertBufferTests
{
    [Fact]
    public void Alerts_come_out_in_the_order_they_went_in_while_the_buffer_grows()
    {
        var buffer = new AlertBuffer(5000, OverflowPolicy.DropNewest);
        for (int i = 0; i < 3000; i += 30)
        {
            buffer.Append(Alerts(i, 30));
            Assert.Equal(i / 30, Id(Take(buffer, 1).Single()));
        }

        Assert.Equal(Enumerable.Range(100, 2900), Take(buffer, 5000).Select(Id));
    }

    [Fact]
    public void A_full_queue_turns_the_newest_away()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);

        buffer.Append(Alerts(0, 5));

        Assert.Equal([0, 1, 2], Take(buffer, 9).Select(Id));
        Assert.Equal(new AlertBuffer.Counts(3, 2), buffer.ReadCounts());
    }

    [Fact]
    public void A_full_ring_overwrites_the_oldest()
    {
        var buffer = new AlertBuffer(300, OverflowPolicy.OverwriteOldest);

        buffer.Append(Alerts(0, 1000));

        Assert.Equal(Enumerable.Range(700, 300), buffer.Copy().Select(Id));
        Assert.Equal(new AlertBuffer.Counts(0, 700), buffer.ReadCounts());
        Assert.Equal(300, buffer.Count);
    }

    [Fact]
    public void A_copy_takes_nothing_out()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.OverwriteOldest);
        buffer.Append(Alerts(0, 2));

        buffer.Copy();

        Assert.Equal(2, buffer.Copy().Length);
    }

    [Fact]
    public void A_reader_waits_for_the_first_alert()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);
        var reader = Task.Run(() => Take(buffer, 3, Timeout.InfiniteTimeSpan));

        buffer.Append(Alerts(0, 1));

        Assert.Single(reader.Finish());
    }

    [Fact]
    public void A_reader_that_waits_is_let_go_at_the_end()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);
        var reader = Task.Run(() => Take(buffer, 3, Timeout.InfiniteTimeSpan));

        buffer.Complete();

        Assert.Empty(reader.Finish());
        Assert.True(buffer.IsDrained);
    }

    [Fact]
    public void A_reader_that_waits_is_let_go_when_woken_and_more_may_come()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);
        var reader = Task.Run(() => Take(buffer, 3, Timeout.InfiniteTimeSpan));

        buffer.Wake();

        Assert.Empty(reader.Finish());
        Assert.False(buffer.IsDrained);
    }

    [Fact]
    public void A_reader_is_woken_once()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);
        buffer.Wake();
        Take(buffer, 3, Timeout.InfiniteTimeSpan);
        var next = Task.Run(() => Take(buffer, 3, Timeout.InfiniteTimeSpan));

        buffer.Append(Alerts(0, 1));

        Assert.Single(next.Finish());
    }

    [Fact]
    public void A_reader_whose_time_runs_out_gets_nothing()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);

        Assert.Empty(Take(buffer, 3, TimeSpan.FromMilliseconds(1)));
        Assert.False(buffer.IsDrained);
    }

    [Fact]
    public void A_reader_without_room_does_not_wait()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);

        Assert.Empty(Take(buffer, 0, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void What_is_buffered_at_the_end_can_still_be_taken()
    {
        var buffer = new AlertBuffer(3, OverflowPolicy.DropNewest);
        buffer.Append(Alerts(0, 2));

        buffer.Complete();

        Assert.False(buffer.IsDrained);
        Assert.Equal(2, Take(buffer, 9).Length);
        Assert.True(buffer.IsDrained);
    }

    [Fact]
    public void Two_readers_and_a_writer_lose_nothing()
    {
        var buffer = new AlertBuffer(100_000, OverflowPolicy.DropNewest);
        Task<List<int>>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var seen = new List<int>();
            while (!buffer.IsDrained)
            {
                seen.AddRange(Take(buffer, 64, TimeSpan.FromSeconds(1)).Select(Id));
            }

            return seen;
        }))];

        for (int i = 0; i < 50_000; i += 50)
        {
            buffer.Append(Alerts(i, 50));
        }

        buffer.Complete();
        Assert.Equal(Enumerable.Range(0, 50_000), readers.SelectMany(Waiting.Finish).Order());
        Assert.Equal(50_000, buffer.ReadCounts().Taken);
    }

    private static DropAlert[] Alerts(int first, int count) =>
        [
            .. Enumerable.Range(first, count)
                .Select(i => new DropAlert(new DropSite { Reason = i.ToString(CultureInfo.InvariantCulture) }, DateTimeOffset.UnixEpoch))
        ];

    private static int Id(DropAlert alert) => int.Parse(alert.Reason!, CultureInfo.InvariantCulture);

    private static DropAlert[] Take(AlertBuffer buffer, int most, TimeSpan? timeout = null)
    {
        var taken = new DropAlert[most];
        return taken[..buffer.Take(taken, timeout ?? TimeSpan.Zero)];
    }
}
