using DropMon.Filters;

namespace DropMon.Sessions;

/// <summary>What a listener to alerts wants.</summary>
public sealed record ListenerOptions
{
    /// <summary>Which drops are wanted.</summary>
    public DropFilter Filter { get; init; } = DropFilter.None;

    /// <summary>How many alerts to buffer, at least 1.</summary>
    public int Capacity { get; init; } = DropMonitorOptions.DefaultQueueCapacity;

    /// <summary>Whether the buffer is a ring that is looked at, or a queue that a reader empties.</summary>
    public bool KeepsNewest { get; init; }
}
