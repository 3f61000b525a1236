namespace DropMon.Bench.Programs;

/// <summary>What a collector says at its end.</summary>
internal sealed record CollectorReport
{
    /// <summary>Alerts since the mark.</summary>
    public long Delivered { get; init; }

    /// <summary>What its ledger says was lost.</summary>
    public long Lost { get; init; }

    /// <summary>Alerts since the start, by the process they happened in; not for counts.</summary>
    public Dictionary<int, long> ByProcess { get; init; } = [];

    /// <summary>Alerts since the start with the reason that floods have.</summary>
    public long NoSocket { get; init; }

    /// <summary>CPU until the mark.</summary>
    public double StartUpSeconds { get; init; }

    /// <summary>CPU from the mark to the end of the last alert.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Bytes allocated since the mark.</summary>
    public long Allocated { get; init; }

    /// <summary>For how long the garbage collector held all threads up, since the start.</summary>
    public double PauseSeconds { get; init; }

    public long PeakMemory { get; init; }
}
