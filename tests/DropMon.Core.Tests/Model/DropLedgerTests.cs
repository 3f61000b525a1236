namespace DropMon.Tests;

public class DropLedgerTests
{
    [Fact]
    public void One_lost_alert_is_described_in_the_singular() =>
        Assert.StartsWith("1 alert was lost: 1 at a perf ring", new DropLedger { RingLost = 1 }.DescribeLoss(), StringComparison.Ordinal);

    [Fact]
    public void Without_losses_there_is_nothing_to_describe() =>
        Assert.Null(new DropLedger { Received = 5, Delivered = 3, FilteredOut = 2, Unread = 1 }.DescribeLoss());

    [Fact]
    public void Each_loss_is_told_with_its_cause()
    {
        var ledger = new DropLedger
        {
            KernelQueueLost = 1,
            SocketLost = 2,
            RingLost = 3,
            BufferLost = 4,
            Overwritten = 5,
            Malformed = 6,
            UnrecordedLost = 7
        };

        string text = ledger.DescribeLoss()!;

        Assert.StartsWith("28 alerts were lost: 1 in the kernel's queue", text, StringComparison.Ordinal);
        Assert.Contains("2 at the netlink socket", text, StringComparison.Ordinal);
        Assert.Contains("3 at a perf ring", text, StringComparison.Ordinal);
        Assert.Contains("7 counted by the kernel, which wrote no record of them", text, StringComparison.Ordinal);
        Assert.Contains("4 in DropMon's own buffer", text, StringComparison.Ordinal);
        Assert.Contains("5 overwritten", text, StringComparison.Ordinal);
        Assert.EndsWith("6 because they could not be decoded.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cause_of_one_source_alone_is_listed_and_told_without_a_property_of_its_own()
    {
        DropLosses losses = DropLosses.Of((LossCause.Malformed, 1),
            (new LossCause("Map", "in a full map", "a larger one helps", IsExact: false), 2), (LossCause.Ring, 3));
        var ledger = new DropLedger { LossesByCause = losses };

        Assert.Equal(["Ring", "Map", "Malformed"], ledger.GetLosses().Select(loss => loss.Cause));
        Assert.Equal("6 alerts were lost: 3 at a perf ring, at least 2 in a full map (a larger one helps), 1 because they could not be "
            + "decoded.", ledger.DescribeLoss());
    }

    [Fact]
    public void A_listed_cause_that_has_a_property_is_the_property()
    {
        DropLedger ledger = new DropLedger { RingLost = 3, SocketLost = 1 } with { RingLost = 5 };

        Assert.Equal([("Socket", 1L), ("Ring", 5L)], ledger.GetLosses().Select(loss => (loss.Cause, loss.Count)));
        Assert.Equal(new DropLedger { SocketLost = 1, RingLost = 5 }, ledger);
    }

    [Fact]
    public void Losses_since_an_earlier_look_are_what_came_after_it()
    {
        DropLosses earlier = DropLosses.Of((LossCause.Ring, 3), (LossCause.Socket, 2));

        DropLosses since = DropLosses.Of((LossCause.Ring, 10), (LossCause.Socket, 2), (LossCause.Malformed, 1)).Since(earlier);

        Assert.Equal(DropLosses.Of((LossCause.Ring, 7), (LossCause.Malformed, 1)), since);
    }

    [Fact]
    public void A_cause_without_losses_is_not_mentioned() =>
        Assert.DoesNotContain("0 ", new DropLedger { RingLost = 7 }.DescribeLoss()!, StringComparison.Ordinal);
}
