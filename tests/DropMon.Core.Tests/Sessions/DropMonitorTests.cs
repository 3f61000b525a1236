using DropMon.Filters;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Sessions;

public class DropMonitorTests
{
    private static readonly DropLosses Losses = DropLosses.Of(
        (LossCause.KernelQueue, 1), (LossCause.Socket, 2), (LossCause.Ring, 3), (LossCause.Malformed, 4), (LossCause.Unrecorded, 5),
        (new LossCause("Own", "at the fake"), 6));

    private readonly FakeKnowledge _knowledge = new();

    [Fact]
    public void Drops_become_alerts_and_the_ledger_adds_up()
    {
        using DropMonitor monitor = Start(new FakeSource(0x10, 0x20, 0x10) { Totals = new SourceTotals(Losses, FilteredInKernel: 9) });

        Assert.Equal(["f10", "f20", "f10"], TakeAll(monitor, 3).Select(alert => alert.Function));
        DropLedger ledger = monitor.GetLedger();
        Assert.Equal((3, 3, 0, 0), (ledger.Received, ledger.Delivered, ledger.Unread, ledger.FilteredOut));
        Assert.Equal(
            (1, 2, 3, 4, 5), (ledger.KernelQueueLost, ledger.SocketLost, ledger.RingLost, ledger.Malformed, ledger.UnrecordedLost));
        Assert.Equal((9, 21), (ledger.FilteredInKernel, ledger.TotalLost));
        Assert.Contains("6 at the fake", ledger.DescribeLoss(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_filter_s_rejects_are_counted_and_not_delivered()
    {
        using DropMonitor monitor = Start(
            new FakeSource(0x10, 0x20, 0x10), new DropMonitorOptions { Filter = DropFilter.None.With(FilterField.Function, "f20") });

        Assert.Equal("f20", Assert.Single(TakeAll(monitor, 1)).Function);
        monitor.Stop();
        Assert.Equal((3, 1, 2), (monitor.GetLedger().Received, monitor.GetLedger().Delivered, monitor.GetLedger().FilteredOut));
    }

    [Fact]
    public void What_nobody_took_is_not_delivered()
    {
        var source = new FakeSource(1, 2, 3, 4, 5);
        using DropMonitor monitor = Start(source, new DropMonitorOptions { Capacity = 4 });
        source.WaitUntilDelivered();

        Assert.Equal(2, TakeAll(monitor, 2).Count);
        monitor.Stop();

        DropLedger ledger = monitor.GetLedger();
        Assert.Equal((5, 2, 2, 1), (ledger.Received, ledger.Delivered, ledger.Unread, ledger.BufferLost));
    }

    [Fact]
    public void A_ring_delivers_what_it_holds_and_counts_what_it_overwrote()
    {
        var source = new FakeSource(1, 2, 3, 4, 5);
        using DropMonitor monitor = Start(source, new DropMonitorOptions { Capacity = 4, KeepsNewest = true });
        source.WaitUntilDelivered();

        Assert.Equal(["f2", "f3", "f4", "f5"], monitor.Snapshot().Select(alert => alert.Function));
        DropLedger ledger = monitor.GetLedger();
        Assert.Equal((5, 4, 0, 1, 0), (ledger.Received, ledger.Delivered, ledger.Unread, ledger.Overwritten, ledger.BufferLost));
    }

    [Fact]
    public void A_copy_includes_what_the_kernel_has_until_now()
    {
        using DropMonitor monitor = Start(new FakeSource(0x10) { OnFlush = [0x20] }, new DropMonitorOptions { KeepsNewest = true });

        Assert.Equal(["f10", "f20"], monitor.Snapshot().Select(alert => alert.Function));
    }

    [Fact]
    public void What_comes_while_stopping_is_kept()
    {
        using DropMonitor monitor = Start(new FakeSource { OnStop = [0x10] });

        monitor.Stop();

        Assert.Single(TakeAll(monitor, 1));
        Assert.True(monitor.IsDrained);
    }

    [Fact]
    public void An_error_of_the_source_reaches_the_reader_after_all_that_came_before()
    {
        using DropMonitor monitor = Start(new FakeSource(0x10) { EndsWith = new OptionException("It broke.", "Fix it.") });

        Assert.Single(TakeAll(monitor, 1));
        Assert.Equal("It broke.", Assert.Throws<OptionException>(() => monitor.Take(new DropAlert[1], TimeSpan.FromSeconds(30))).Message);
        Assert.Equal((DropMonitorState.Faulted, "It broke."), (monitor.GetStatus().State, monitor.GetStatus().Error));
        Assert.Equal(1, monitor.GetLedger().Delivered);
    }

    [Fact]
    public void A_loss_that_cannot_be_read_does_not_keep_the_source_open()
    {
        var source = new FakeSource { LossFails = new IOException("No descriptors left.") };
        DropMonitor monitor = Start(source);

        monitor.Stop();

        Assert.True(source.IsDisposed);
        Assert.Equal("No descriptors left.", monitor.GetStatus().Error);
    }

    [Fact]
    public void Stopping_twice_and_disposing_is_stopping_once()
    {
        var source = new FakeSource();
        DropMonitor monitor = Start(source);

        monitor.Stop();
        monitor.Stop();
        monitor.Dispose();

        Assert.True(source.IsDisposed);
        Assert.Equal(DropMonitorState.Stopped, monitor.GetStatus().State);
    }

    [Fact]
    public void Status_and_copies_may_be_asked_for_while_it_stops_and_after()
    {
        using DropMonitor monitor = Start(new FakeSource(1, 2, 3), new DropMonitorOptions { KeepsNewest = true });
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (monitor.GetStatus().State == DropMonitorState.Running)
            {
                monitor.Snapshot();
            }

            Assert.Equal(3, monitor.GetLedger().Delivered);
        }))];

        monitor.Stop();

        readers.FinishAll();
    }

    [Fact]
    public void The_note_on_the_choice_of_source_comes_before_its_blind_spots_and_its_own()
    {
        using DropMonitor monitor = DropMonitor.Start(new DropMonitorOptions(), new FakeSource(), _knowledge.Knowledge, "Chosen.");

        Assert.Equal(["Chosen.", "The fake sees only what a test shows it.", "A note."], monitor.GetStatus().Notes);
    }

    private DropMonitor Start(FakeSource source, DropMonitorOptions? options = null) =>
        DropMonitor.Start(options ?? new DropMonitorOptions(), source, _knowledge.Knowledge);

    private static List<DropAlert> TakeAll(DropMonitor monitor, int count)
    {
        var taken = new List<DropAlert>();
        var batch = new DropAlert[count];
        while (taken.Count < count && monitor.Take(batch.AsSpan(0, count - taken.Count), TimeSpan.FromSeconds(30)) is > 0 and int came)
        {
            taken.AddRange(batch[..came]);
        }

        return taken;
    }
}
