namespace DropMon.Sessions.Measurement;

/// <summary>The part of histories that a result shows, in intervals that they all can be brought to.</summary>
/// <param name="FirstSecond">The second, from the tally's origin, that the first interval holds.</param>
/// <param name="LastSecond">The second that the last interval holds; at least the first.</param>
/// <param name="Shift">Seconds of an interval, as a power of two.</param>
internal readonly record struct HistoryWindow(long FirstSecond, long LastSecond, int Shift)
{
    public int Intervals => (int)((LastSecond >> Shift) - (FirstSecond >> Shift)) + 1;

    /// <summary>A window with intervals long enough for every history, and no more of them than a history keeps.</summary>
    public static HistoryWindow Of(long firstSecond, long lastSecond, int longestShift)
    {
        int shift = longestShift;
        while ((lastSecond >> shift) - (firstSecond >> shift) >= RateHistory.Intervals)
        {
            shift++;
        }

        return new HistoryWindow(firstSecond, lastSecond, shift);
    }

    /// <summary>The place of an interval in the window; the nearer end for one outside.</summary>
    public int Clamp(long interval) => (int)Math.Clamp(interval - (FirstSecond >> Shift), 0, Intervals - 1);
}
