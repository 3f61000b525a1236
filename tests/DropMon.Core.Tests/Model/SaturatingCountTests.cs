namespace DropMon.Tests;

public class SaturatingCountTests
{
    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, -1, long.MinValue)]
    [InlineData(long.MaxValue, long.MinValue, -1)]
    public void A_sum_stays_among_the_numbers_that_there_are(long a, long b, long sum) => Assert.Equal(sum, SaturatingCount.Add(a, b));

    [Fact]
    public void The_losses_of_a_ledger_do_not_turn_into_none()
    {
        var ledger = new DropLedger { RingLost = long.MaxValue, SocketLost = long.MaxValue, BufferLost = 2 };

        Assert.Equal(long.MaxValue, ledger.TotalLost);
        Assert.StartsWith("at least 9223372036854775807 alerts were lost", ledger.DescribeLoss());
    }
}
