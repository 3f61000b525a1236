using System.Diagnostics.Tracing;
using System.Globalization;

namespace DropMon.Logging;

/// <summary>
/// Reads what the engine logs in this process. Sessions that run beside each other share the log: a line may be another one's.
/// </summary>
internal sealed class LogReader : EventListener
{
    private readonly Action<LogLine> _take;

    /// <summary>Reads until disposed.</summary>
    /// <param name="details">Whether to read what only a search for a fault needs.</param>
    /// <param name="take">Takes each line, on whichever thread logs it.</param>
    public LogReader(bool details, Action<LogLine> take)
    {
        _take = take;
        EnableEvents(DropMonEvents.Log, details ? EventLevel.Verbose : EventLevel.Informational);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The framework also writes events of its own, about the source, to every listener.
        if (eventData is { Message: { } message, Payload: { } payload, EventId: > 0 })
        {
            _take(new LogLine(
                eventData.EventName!, string.Format(CultureInfo.InvariantCulture, message, [.. payload]),
                eventData.Level > EventLevel.Informational));
        }
    }
}

/// <summary>One thing that happened.</summary>
/// <param name="Event">The name of the event, such as <c>SourceOpened</c>.</param>
/// <param name="Text">A sentence. It may name options, as marks (<see cref="Text.OptionText"/>).</param>
/// <param name="IsDetail">Whether only a search for a fault needs it.</param>
internal readonly record struct LogLine(string Event, string Text, bool IsDetail);
