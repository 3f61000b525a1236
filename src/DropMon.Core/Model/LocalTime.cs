namespace DropMon;

/// <summary>Gives instants the offset of this machine's time zone.</summary>
internal static class LocalTime
{
    /// <summary>
    /// The instant of ticks by UTC. One so near to year 1 or 9999 that no local time can be written for it keeps UTC: it must stay the same
    /// instant.
    /// </summary>
    public static DateTimeOffset Of(long utcTicks, TimeZoneInfo? zone = null)
    {
        var instant = new DateTime(Math.Clamp(utcTicks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
        TimeSpan offset = (zone ?? TimeZoneInfo.Local).GetUtcOffset(instant);
        return IsTime(instant.Ticks + offset.Ticks) ? new DateTimeOffset(instant).ToOffset(offset) : new DateTimeOffset(instant);
    }

    /// <summary>
    /// The instant of a date and time that may be local. One that this machine's time zone takes out of all years is taken by UTC.
    /// </summary>
    public static DateTimeOffset Of(DateTime time, TimeZoneInfo? zone = null)
    {
        TimeSpan offset = time.Kind == DateTimeKind.Utc ? TimeSpan.Zero : (zone ?? TimeZoneInfo.Local).GetUtcOffset(time);
        return new DateTimeOffset(time.Ticks, IsTime(time.Ticks - offset.Ticks) ? offset : TimeSpan.Zero);
    }

    private static bool IsTime(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
}
