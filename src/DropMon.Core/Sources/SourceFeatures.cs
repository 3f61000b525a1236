namespace DropMon.Sources;

/// <summary>What a source can do beyond reporting single drops.</summary>
[Flags]
internal enum SourceFeatures
{
    None = 0,

    /// <summary>It records the kernel stack of each drop.</summary>
    StackTraces = 1,

    /// <summary>It reports what devices drop.</summary>
    HardwareDrops = 2,

    /// <summary>It reports counts per place instead of each drop (<see cref="DropAlertMode.Summary"/>).</summary>
    Summaries = 4,

    /// <summary>It counts in the kernel, without an event for each drop.</summary>
    CountsInKernel = 8,

    /// <summary>Above a rate it reports exact counts instead of single drops.</summary>
    FoldsAboveRate = 16,
}
