using System.Globalization;

namespace DropMon;

/// <summary>
/// Adds counts. A sum beyond the largest number that there is stays at that number, which then means "at least this many": files hold any
/// count.
/// </summary>
internal static class SaturatingCount
{
    /// <summary>The sum; the largest or smallest number where it lies beyond.</summary>
    public static long Add(long a, long b)
    {
        long sum = unchecked(a + b);
        bool overflowed = ((a ^ sum) & (b ^ sum)) < 0;
        return !overflowed ? sum : a < 0 ? long.MinValue : long.MaxValue;
    }

    /// <inheritdoc cref="Add"/>
    public static long Sum(params long[] counts) => counts.Aggregate(0L, Add);

    /// <summary>The sum of what things count.</summary>
    public static long Sum<T>(IEnumerable<T> things, Func<T, long> count) => things.Aggregate(0L, (sum, thing) => Add(sum, count(thing)));

    /// <summary>The count in a sentence.</summary>
    public static string Text(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count == long.MaxValue ? "at least " : "")}{count}");

    /// <summary>The count in a column.</summary>
    public static string Short(long count) => count == long.MaxValue ? ">=9.2E18" : count.ToString(CultureInfo.InvariantCulture);
}
