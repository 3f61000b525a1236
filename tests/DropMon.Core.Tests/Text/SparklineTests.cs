using DropMon.Text;

namespace DropMon.Tests.Text;

public class SparklineTests
{
    [Fact]
    public void The_largest_is_a_full_bar_and_none_is_told_from_little() => Assert.Equal("·▁▅█", Sparkline.Draw([0, 1, 500, 1000]));

    [Fact]
    public void Nothing_at_all_is_a_dotted_line() => Assert.Equal("···", Sparkline.Draw([0, 0, 0]));

    [Fact]
    public void No_interval_is_an_empty_line() => Assert.Equal("", Sparkline.Draw([]));
}
