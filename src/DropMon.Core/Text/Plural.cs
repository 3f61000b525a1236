using System.Globalization;

namespace DropMon.Text;

/// <summary>A count with its noun in the right number.</summary>
internal static class Plural
{
    /// <param name="count">How many; <see cref="long.MaxValue"/> is a saturated count and reads "at least".</param>
    /// <param name="one">The words for one, such as "alert was".</param>
    /// <param name="many">The words for any other number; without it <paramref name="one"/> with an s.</param>
    /// <returns>For example "1 alert" or "0 alerts".</returns>
    public static string Of(long count, string one, string? many = null) =>
        $"{(count == long.MaxValue ? "at least " : "")}{count.ToString(CultureInfo.InvariantCulture)} " +
        $"{(count == 1 ? one : many ?? one + "s")}";
}
