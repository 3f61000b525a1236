namespace DropMon.Sessions.Measurement;

/// <summary>
/// Notices when this many packets were counted within the last second. For one thread; whether it is reached may be asked from any.
/// </summary>
internal sealed class RateThreshold(double perSecond)
{
    private const int Slices = 20;
    private const long SliceMilliseconds = 1000 / Slices;

    private readonly long[] _counts = new long[Slices];
    private long _slice = long.MinValue;
    private volatile bool _isReached;

    public bool IsReached => _isReached;

    /// <summary>Counts packets.</summary>
    /// <param name="count">How many.</param>
    /// <param name="milliseconds">When, by a clock that does not go back.</param>
    public void Add(long count, long milliseconds)
    {
        long slice = milliseconds / SliceMilliseconds;
        for (long passed = Math.Max(_slice + 1, slice - Slices + 1); passed <= slice; passed++)
        {
            _counts[passed % Slices] = 0;
        }

        _slice = slice;
        _counts[slice % Slices] = SaturatingCount.Add(_counts[slice % Slices], count);
        if (SaturatingCount.Sum(_counts) >= perSecond)
        {
            _isReached = true;
        }
    }
}
