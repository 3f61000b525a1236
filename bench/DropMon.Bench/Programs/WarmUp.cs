using System.Diagnostics;
using System.Globalization;

namespace DropMon.Bench.Programs;

/// <summary>Waits until the drops before the measured ones have all arrived.</summary>
internal static class WarmUp
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <param name="expected">How many at least.</param>
    /// <param name="count">How many so far.</param>
    public static void Await(string expected, Func<long> count)
    {
        long wanted = long.Parse(expected, CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => count() >= wanted, LongestWait);
        if (count() < wanted)
        {
            throw new InvalidOperationException($"Of {wanted} drops before the measured ones {count()} came in "
                + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} seconds.");
        }
    }
}
