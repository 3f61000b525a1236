namespace DropMon.Tests;

public class DropLedgerTests
{
    [Fact]
    public void Without_losses_there_is_nothing_to_describe() => Assert.Null(new DropLedger { Received = 5, Delivered = 3, FilteredOut = 2, Unread = 1 }.DescribeLoss());

    [Fact]
    public void Each_loss_is_told_with_its_cause()
    {
        var ledger = new DropLedger { KernelQueueLost = 1, SocketLost = 2, RingLost = 3, BufferLost = 4, Overwritten = 5, Malformed = 6, UnrecordedLost = 7 };

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
    public void A_cause_without_losses_is_not_mentioned() =>
        Assert.DoesNotContain("0 ", new DropLedger { RingLost = 7 }.DescribeLoss()!, StringComparison.Ordinal);
}
