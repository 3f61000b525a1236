using System.Globalization;
using DropMon.Commands;

namespace DropMon.Serialization;

/// <summary>
/// Reads times that were written as text: in ISO 8601, or exactly as the current culture writes them. Anything else could be another day in
/// another culture, and is refused.
/// </summary>
internal static class TimeText
{
    private static readonly string[] Iso =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz",
    ];

    /// <summary>The time.</summary>
    /// <exception cref="TimeTextException">It is not a time, or it is ambiguous.</exception>
    public static DateTimeOffset Read(string text)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        string own = $"{culture.DateTimeFormat.ShortDatePattern} {culture.DateTimeFormat.LongTimePattern}";
        return DateTimeOffset.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time)
            || DateTimeOffset.TryParseExact(text, [$"{own} zzz", own], culture, DateTimeStyles.AssumeLocal, out time)
            ? time
            : throw new TimeTextException(text, culture);
    }
}
