using DropMon.Sessions.Measurement;

namespace DropMon.Tests.Sessions.Measurement;

public class DropComparerTests
{
    [Theory]
    [InlineData(1000, 1000, DropChange.Same)]
    [InlineData(1000, 1199, DropChange.Same)]
    [InlineData(1000, 1300, DropChange.Worse)]
    [InlineData(1000, 700, DropChange.Better)]
    public void A_change_counts_beyond_the_tolerance(long before, long after, DropChange expected) =>
        Assert.Equal(expected, Compare(before, after).Status);

    [Theory]
    [InlineData(3, 5)]
    [InlineData(9, 15)]
    public void A_change_that_chance_explains_is_none(long before, long after) =>
        Assert.Equal(DropChange.Same, Compare(before, after).Status);

    [Fact]
    public void What_was_not_there_before_is_new() =>
        Assert.Equal(DropChange.New, Assert.Single(DropComparer.Compare([], [Groups.Of("a", 1)])).Status);

    [Fact]
    public void What_is_not_there_any_more_is_gone() =>
        Assert.Equal(DropChange.Gone, Assert.Single(DropComparer.Compare([Groups.Of("a", 1)], [])).Status);

    [Fact]
    public void Rates_are_compared_not_counts() =>
        Assert.Equal(
            DropChange.Same,
            Assert.Single(DropComparer.Compare([Groups.Of("a", 1000, seconds: 10)], [Groups.Of("a", 6000, seconds: 60)])).Status);

    [Fact]
    public void The_same_count_in_less_time_is_worse() =>
        Assert.Equal(
            DropChange.Worse,
            Assert.Single(DropComparer.Compare([Groups.Of("a", 1000, seconds: 60)], [Groups.Of("a", 1000, seconds: 10)])).Status);

    [Fact]
    public void What_changed_most_comes_first_and_the_same_last() =>
        Assert.Equal(
            ["big", "small", "same"],
            DropComparer.Compare(
                [Groups.Of("same", 1_000_000), Groups.Of("small", 100), Groups.Of("big", 1000)],
                [Groups.Of("same", 1_001_000), Groups.Of("small", 200), Groups.Of("big", 9000)]).Select(comparison => comparison.Name));

    [Fact]
    public void A_wider_tolerance_lets_more_be_the_same() =>
        Assert.Equal(
            DropChange.Same, Assert.Single(DropComparer.Compare([Groups.Of("a", 1000)], [Groups.Of("a", 1900)], tolerance: 1)).Status);

    [Fact]
    public void The_ratio_of_what_is_new_is_unknown() =>
        Assert.Null(Assert.Single(DropComparer.Compare([], [Groups.Of("a", 1)])).Ratio);

    private static DropComparison Compare(long before, long after) =>
        Assert.Single(DropComparer.Compare([Groups.Of("a", before)], [Groups.Of("a", after)]));
}
