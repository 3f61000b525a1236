using System.Diagnostics;
using System.Globalization;

namespace DropMon.Logging;

/// <summary>How long something has taken, for the log.</summary>
internal readonly struct LogClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Starts now.</summary>
    public LogClock()
    {
    }

    /// <summary>Whole milliseconds until now.</summary>
    public string Milliseconds =>
        Stopwatch.GetElapsedTime(_start).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
}
