namespace DropMon.Sources.Tracepoint;

/// <summary>Hits of a CPU's tracepoint that were not read.</summary>
/// <param name="Unread">All of them.</param>
/// <param name="Unrecorded">
/// Those of them that the kernel counted and neither wrote a record of nor counted as lost; 0 where it does not count what it loses (before
/// Linux 6.0).
/// </param>
internal readonly record struct CpuLoss(long Unread, long Unrecorded)
{
    /// <summary>Those that found no room in the ring.</summary>
    public long Ring => Unread - Unrecorded;

    public static CpuLoss operator +(CpuLoss left, CpuLoss right) => new(left.Unread + right.Unread, left.Unrecorded + right.Unrecorded);
}
