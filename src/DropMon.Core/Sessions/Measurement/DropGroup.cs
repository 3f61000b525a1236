namespace DropMon.Sessions.Measurement;

/// <summary>One group while it is counted. One thread adds; any may read, and finds numbers that are at most a moment apart.</summary>
internal sealed class DropGroup(GroupLabel label, DropSite first)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private long _count;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public GroupLabel Label => label;

    public RateHistory History { get; } = new();

    public long Count => Interlocked.Read(ref _count);

    /// <summary>When the first was dropped, in nanoseconds since 1970.</summary>
    public long First => Interlocked.Read(ref _first);

    /// <summary>When the last was dropped, in nanoseconds since 1970.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>What its sites have in common, for whoever holds the tally's lock.</summary>
    public SiteSummary Sites { get; } = new(first);

    /// <summary>Counts drops.</summary>
    /// <param name="count">How many.</param>
    /// <param name="unixNanoseconds">When.</param>
    /// <param name="origin">The instant that the history's second 0 begins, in nanoseconds since 1970.</param>
    public void Add(long count, long unixNanoseconds, long origin)
    {
        _count += count;
        if (unixNanoseconds < _first)
        {
            _first = unixNanoseconds;
        }

        if (unixNanoseconds > _last)
        {
            _last = unixNanoseconds;
        }

        History.Add(SecondOf(unixNanoseconds, origin), count);
    }

    /// <summary>The history's second of an instant; before the origin it is negative.</summary>
    public static long SecondOf(long unixNanoseconds, long origin)
    {
        long distance = unixNanoseconds - origin;
        return distance >= 0 ? distance / NanosecondsPerSecond : ((distance + 1) / NanosecondsPerSecond) - 1;
    }
}
