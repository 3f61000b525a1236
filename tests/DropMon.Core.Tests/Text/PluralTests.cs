using DropMon.Text;

namespace DropMon.Tests.Text;

public sealed class PluralTests
{
    [Theory]
    [InlineData(0, "0 alerts")]
    [InlineData(1, "1 alert")]
    [InlineData(2, "2 alerts")]
    [InlineData(long.MaxValue, "at least 9223372036854775807 alerts")]
    public void A_noun_follows_its_count(long count, string expected) => Assert.Equal(expected, Plural.Of(count, "alert"));

    [Fact]
    public void A_verb_follows_the_count_too() =>
        Assert.Equal(["1 alert was", "2 alerts were"], new long[] { 1, 2 }.Select(count => Plural.Of(count, "alert was", "alerts were")));
}
