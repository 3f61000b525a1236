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
    public required DropSourceKind Source { get; init; }

    /// <summary>Every packet, or counts; null for the tracepoint, which always tells every packet.</summary>
    public DropAlertMode? Mode { get; init; }

    /// <summary>Bytes of each packet reported, 0 for all; null for the tracepoint, which reports none.</summary>
    public int? TruncationLength { get; init; }

    /// <summary>Alerts that each CPU may queue in the kernel; null for the tracepoint.</summary>
    public int? QueueLength { get; init; }

    /// <summary>Whether somebody else turned the drop monitor on and this one only listens along.</summary>
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

    /// <summary>Those of <see cref="Notes"/> that nobody should overlook: whose monitor it is, and what others did to it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The error that ended it; null otherwise.</summary>
    public string? Error { get; init; }
}
