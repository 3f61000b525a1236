using DropMon.Filters;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Sessions;

public sealed class DropSessionTests : IDisposable
{
    private const int Drops = 30_000;
    private const int SmallCapacity = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly DropFilter OnlyF1 = DropFilter.None.With(FilterField.Function, "f1");
    private static readonly DropFilter OnlyF2 = DropFilter.None.With(FilterField.Function, "f2");

    // Four places take turns, so that one in four is each filter's.
    private readonly FakeSource _source = new([.. Enumerable.Range(0, Drops).Select(i => (ulong)(i % 4) + 1)]) { OnFlush = [1, 2] };
    private readonly FakeKnowledge _knowledge = new();
    private readonly DropSession _session;

    public DropSessionTests() => _session = new DropSession(_source, _knowledge.Knowledge);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Three_listeners_with_different_filters_each_get_exactly_theirs_and_a_stalled_one_slows_nobody()
    {
        // All listen before the first drop: the source starts with its first listener, so it is held back until the last is there.
        using var gate = new ManualResetEventSlim();
        var source = new HeldSource(gate, Drops);
        using var session = new DropSession(source, _knowledge.Knowledge);
        IAlertListener reading = session.Listen(new ListenerOptions { Filter = OnlyF1 });
        IAlertListener stalled = session.Listen(new ListenerOptions { Filter = OnlyF2, Capacity = SmallCapacity });
        IMeasuringListener counting = session.Measure(DropFilter.None, new DropMeterOptions { By = [DropGroupKey.Function] });
        gate.Set();

        // Nobody ever takes from the stalled one, and yet the source comes to its end and the reader gets all.
        List<DropAlert> read = TakeAll(reading, Drops / 4);
        Assert.True(session.WaitForEnd(Patience));
        session.Stop();

        Assert.Equal(Drops / 4, read.Count);
        Assert.All(read, alert => Assert.Equal("f1", alert.Function));
        Assert.Equal(
            [("f1", Drops / 4L), ("f2", Drops / 4L), ("f3", Drops / 4L), ("f4", Drops / 4L)],
            counting.Read().Select(group => (group.Name, group.Count)));
        Assert.Equal(new DropLedger { Received = Drops, FilteredOut = Drops * 3 / 4, Delivered = Drops / 4 }, Bare(reading));
        Assert.Equal(
            new DropLedger
            {
                Received = Drops,
                FilteredOut = Drops * 3 / 4,
                Unread = SmallCapacity,
                BufferLost = (Drops / 4) - SmallCapacity
            },
            Bare(stalled));
        Assert.Equal(new DropLedger { Received = Drops, Delivered = Drops }, Bare(counting));
        Assert.All([reading.GetLedger(), stalled.GetLedger(), counting.GetLedger()], Balances);
        Assert.Equal(["f2"], TakeAll(stalled, SmallCapacity).Select(alert => alert.Function).Distinct());
    }

    [Fact]
    public void Two_listeners_that_want_the_same_drop_get_the_same_object()
    {
        IAlertListener first = _session.Listen(new ListenerOptions { KeepsNewest = true, Capacity = Drops * 2 });
        _source.WaitUntilDelivered();
        IAlertListener second = _session.Listen(new ListenerOptions { KeepsNewest = true });

        IReadOnlyList<DropAlert> late = second.Snapshot();

        Assert.Equal(2, late.Count);
        Assert.All(late.Zip(first.Snapshot().Skip(Drops)), pair => Assert.Same(pair.First, pair.Second));
    }

    [Fact]
    public void A_listener_that_comes_later_counts_from_then_on_and_so_do_the_losses()
    {
        IAlertListener first = _session.Listen(new ListenerOptions());
        _source.WaitUntilDelivered();
        _source.Totals = new SourceTotals(DropLosses.Of((LossCause.Ring, 5)), FilteredInKernel: 7);
        IAlertListener late = _session.Listen(new ListenerOptions { Filter = OnlyF1 });
        _source.Totals = new SourceTotals(DropLosses.Of((LossCause.Ring, 8), (LossCause.Socket, 1)), FilteredInKernel: 9);
        _session.Flush();

        DropLedger ledger = late.GetLedger();

        Assert.Equal((2L, 1L, 1L), (ledger.Received, ledger.FilteredOut, ledger.Unread));
        Assert.Equal((3L, 1L, 2L), (ledger.RingLost, ledger.SocketLost, ledger.FilteredInKernel));
        Assert.Equal((8L, 1L, 9L), (first.GetLedger().RingLost, first.GetLedger().SocketLost, first.GetLedger().FilteredInKernel));
    }

    [Fact]
    public void A_listener_that_leaves_keeps_its_ledger_and_its_alerts_and_the_session_goes_on()
    {
        IAlertListener leaving = _session.Listen(new ListenerOptions());
        IAlertListener staying = _session.Listen(new ListenerOptions());
        _source.WaitUntilDelivered();
        leaving.Dispose();
        DropLedger atLeave = Bare(leaving);
        _source.Totals = new SourceTotals(DropLosses.Of((LossCause.Ring, 5)));

        long before = staying.GetLedger().Received;

        _session.Flush();

        Assert.Equal(atLeave, Bare(leaving));
        Assert.Equal(atLeave.Received, TakeAll(leaving, (int)atLeave.Received).Count);
        Assert.True(leaving.IsDrained);
        Assert.Equal(DropMonitorState.Running, _session.GetStatus().State);
        Assert.Equal(before + 2, staying.GetLedger().Received);
    }

    [Fact]
    public void Listeners_may_come_and_go_from_many_threads_while_drops_pour_in()
    {
        using var source = new PouringSource();
        using var session = new DropSession(source, _knowledge.Knowledge);
        using IMeasuringListener whole = session.Measure(DropFilter.None, new DropMeterOptions { By = [] });
        Task[] visitors = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                IAlertListener listener = session.Listen(new ListenerOptions { Capacity = 100 });
                TakeAll(listener, 50);
                listener.Dispose();
                TakeAll(listener, int.MaxValue);
                Balances(listener.GetLedger());
            }
        }))];

        visitors.FinishAll();
        session.Stop();

        Assert.Equal(source.Delivered, whole.Total);
    }

    [Fact]
    public void A_listener_that_comes_after_the_end_is_drained_at_once()
    {
        _session.Listen(new ListenerOptions());
        _session.Stop();

        IAlertListener late = _session.Listen(new ListenerOptions());

        Assert.Equal(0, late.Take(new DropAlert[1], Timeout.InfiniteTimeSpan));
        Assert.True(late.IsDrained);
    }

    [Fact]
    public void A_session_that_nobody_listened_to_is_closed_without_having_run()
    {
        _session.Stop();

        Assert.True(_source.IsDisposed);
        Assert.True(_session.WaitForEnd(TimeSpan.Zero));
    }

    [Fact]
    public void A_rate_that_one_listener_waits_for_ends_neither_the_session_nor_the_others()
    {
        IMeasuringListener waiting = _session.Measure(OnlyF1, new DropMeterOptions { MinPerSecond = 1 });

        Assert.True(waiting.WaitForEnd(Patience));
        Assert.True(waiting.IsRateReached);
        Assert.Equal(DropMonitorState.Running, _session.GetStatus().State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_drop_that_nobody_wants_costs_no_object_however_many_listen(int listeners)
    {
        for (int i = 0; i < listeners; i++)
        {
            _session.Listen(new ListenerOptions { Filter = DropFilter.None.With(FilterField.Function, "f9") });
        }

        _source.WaitUntilDelivered();
        Consume(100);

        Assert.Equal(0, Allocations.Of(() => Consume(Drops)));
    }

    private static void Balances(DropLedger ledger) =>
        Assert.Equal(ledger.Received, ledger.Delivered + ledger.Unread + ledger.FilteredOut + ledger.BufferLost + ledger.Overwritten);

    private static DropLedger Bare(IDropListener listener) => listener.GetLedger() with { Gaps = new DropLedger().Gaps };

    private static List<DropAlert> TakeAll(IAlertListener listener, int count)
    {
        var taken = new List<DropAlert>();
        var batch = new DropAlert[256];
        while (taken.Count < count
            && listener.Take(batch.AsSpan(0, Math.Min(batch.Length, count - taken.Count)), Patience) is > 0 and int came)
        {
            taken.AddRange(batch[..came]);
        }

        return taken;
    }

    private void Consume(int drops)
    {
        for (int i = 0; i < drops; i++)
        {
            var drop = new RawDrop { Address = (ulong)(i % 4) + 1, Count = 1 };
            _session.Dispatcher.Consume(in drop);
        }

        _session.Dispatcher.EndBatch();
    }
}
