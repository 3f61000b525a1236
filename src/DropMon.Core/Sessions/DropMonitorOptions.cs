using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>How to monitor: what is asked of the source, and what to buffer of its alerts.</summary>
public sealed record DropMonitorOptions : SourceRequest
{
    /// <summary>The default number of alerts that a monitor in the background keeps.</summary>
    public const int DefaultCapacity = 100_000;

    /// <summary>How many alerts may wait for a pipeline that is slower than a storm: about 100 MB at the most.</summary>
    public const int DefaultQueueCapacity = 400_000;

    /// <summary>How many alerts to buffer, at least 1.</summary>
    public int Capacity { get; init; } = DefaultQueueCapacity;

    /// <summary>Whether the buffer is a ring that is looked at, or a queue that a reader empties.</summary>
    public bool KeepsNewest { get; init; }
}
