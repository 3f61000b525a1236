using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class CounterNameTests
{
    [Fact]
    public void Group_and_name_are_split_at_the_first_dot()
    {
        Assert.Equal(new CounterName("Udp", "InErrors"), CounterName.Parse("Udp.InErrors"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("InErrors")]
    [InlineData(".InErrors")]
    [InlineData("Udp.")]
    public void Text_without_group_and_name_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => CounterName.Parse(text));
    }
}
