namespace DropMon.Sessions.Measurement;

/// <summary>One group while it is counted. One thread adds; any may read, and finds numbers that are at most a moment apart.</summary>
internal sealed class DropGroup(GroupLabel label, DropSite first)
{
    private long _count;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public GroupLabel Label => label;

    public RateHistory History { get; } = new();

    public long Count => Interlocked.Read(ref _count);

    /// <summary>When the first was dropped, in ticks since 1970.</summary>
    public long First => Interlocked.Read(ref _first);

    /// <summary>When the last was dropped, in ticks since 1970.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>What its sites have in common. The caller holds the tally's lock.</summary>
    public SiteSummary Sites { get; } = new(first);

    /// <summary>Counts drops.</summary>
    /// <param name="count">How many.</param>
    /// <param name="unixTicks">When.</param>
    /// <param name="origin">The instant that the history's second 0 begins, in ticks since 1970.</param>
    public void Add(long count, long unixTicks, long origin)
    {
        _count = SaturatingCount.Add(_count, count);
        if (unixTicks < _first)
        {
            _first = unixTicks;
        }

        if (unixTicks > _last)
        {
            _last = unixTicks;
        }

        History.Add(SecondOf(unixTicks, origin), count);
    }

    /// <summary>The history's second of an instant; before the origin it is negative.</summary>
    public static long SecondOf(long unixTicks, long origin)
    {
        // Ticks of any two years that a file may name are less than a long apart; nanoseconds are not.
        long distance = unixTicks - origin;
        return distance >= 0 ? distance / TimeSpan.TicksPerSecond : ((distance + 1) / TimeSpan.TicksPerSecond) - 1;
    }
}
