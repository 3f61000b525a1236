namespace DropMon.Tests;

public class LocalTimeTests
{
    [Theory]
    [InlineData(-12)]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(14)]
    public void An_instant_stays_the_same_in_every_time_zone_from_the_first_to_the_last(double hours)
    {
        TimeZoneInfo zone = Zone(hours);
        foreach (long ticks in new[] { DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks, DateTime.MinValue.Ticks + TimeSpan.TicksPerDay,
            DateTime.UnixEpoch.Ticks })
        {
            Assert.Equal(ticks, LocalTime.Of(ticks, zone).UtcTicks);
        }
    }

    [Theory]
    [InlineData(-12)]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(14)]
    public void A_local_time_in_the_first_or_the_last_hour_is_an_instant(double hours)
    {
        TimeZoneInfo zone = Zone(hours);
        Assert.Equal(DateTime.MinValue.Ticks, LocalTime.Of(DateTime.MinValue, zone).Ticks);
        Assert.Equal(DateTime.MaxValue.Ticks, LocalTime.Of(DateTime.MaxValue, zone).Ticks);
        Assert.Equal(TimeSpan.FromHours(hours), LocalTime.Of(new DateTime(2026, 1, 1), zone).Offset);
    }

    [Fact]
    public void Ticks_beyond_all_years_are_those_of_the_nearest() =>
        Assert.Equal(DateTime.MaxValue.Ticks, LocalTime.Of(long.MaxValue, Zone(0)).UtcTicks);

    private static TimeZoneInfo Zone(double hours) => TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(hours), null, null);
}
