using System.Diagnostics;

namespace DropMon.Native;

/// <summary>
/// Converts CLOCK_MONOTONIC to wall-clock time. The distance between the two changes when the clock is stepped, so take a fresh one for
/// each batch.
/// </summary>
internal static class MonotonicClock
{
    private const long NanosecondsPerTick = 100;

    /// <summary>What to add to a CLOCK_MONOTONIC reading to have nanoseconds since 1970.</summary>
    public static long UnixOffsetNanoseconds()
    {
        // On Linux Stopwatch reads CLOCK_MONOTONIC in nanoseconds.
        long before = Stopwatch.GetTimestamp();
        long wall = UnixNanoseconds();
        long after = Stopwatch.GetTimestamp();
        return wall - (before + ((after - before) / 2));
    }

    public static long UnixNanoseconds() => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
}
