namespace DropMon;

/// <summary>Whether a monitor runs.</summary>
public enum DropMonitorState : long
{
    /// <summary>It receives alerts.</summary>
    Running,

    /// <summary>It was stopped, and the kernel is as it was before.</summary>
    Stopped,

    /// <summary>It ended with an error.</summary>
    Faulted,
}

/// <summary>What a monitor is and what it has done so far.</summary>
public sealed record DropMonitorStatus
{
    /// <summary>Whether it runs.</summary>
    public required DropMonitorState State { get; init; }

    /// <summary>Where its alerts come from.</summary>
    public required string Source { get; init; }

    /// <summary>What the source is, as a noun phrase with its article.</summary>
    internal string SourceTitle { get; init; } = "";

    /// <summary>The same in short and without an article.</summary>
    internal string SourceShortTitle { get; init; } = "";

    /// <summary>The source's settings as the end of a sentence that begins with its title.</summary>
    internal string SourceSettings { get; init; } = "";

    /// <summary>Every packet, or counts; null for a source without modes, which reports every packet.</summary>
    public DropAlertMode? Mode { get; init; }

    /// <summary>Bytes of each packet reported, 0 for all; null for a source that reports none.</summary>
    public int? TruncationLength { get; init; }

    /// <summary>Alerts that each CPU may queue in the kernel; null for a source that has no such queue.</summary>
    public int? QueueLength { get; init; }

    /// <summary>Whether another process enabled the kernel's facility and this session only listens along.</summary>
    public bool ListensAlong { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many alerts fit into its buffer.</summary>
    public int Capacity { get; init; }

    /// <summary>How many are in it.</summary>
    public int Buffered { get; init; }

    /// <summary>What became of the alerts.</summary>
    public required DropLedger Ledger { get; init; }

    /// <summary>Alerts that reached DropMon.</summary>
    public long Received => Ledger.Received;

    /// <summary>Alerts lost, whatever the cause.</summary>
    public long Lost => Ledger.TotalLost;

    /// <summary>What was found and done on starting, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The important ones of <see cref="Notes"/>: whose drop monitor it is, and what other processes did to it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The error that ended it; null otherwise.</summary>
    public string? Error { get; init; }
}
