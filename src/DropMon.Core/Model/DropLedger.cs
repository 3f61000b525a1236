namespace DropMon;

/// <summary>What became of the alerts: delivered, set aside, or lost, by cause. Each is a number of alerts.</summary>
public sealed record DropLedger
{
    /// <summary>Alerts that reached DropMon.</summary>
    public long Received { get; init; }

    /// <summary>Alerts handed to the reader; of a monitor that runs in the background, those that its ring holds.</summary>
    public long Delivered { get; init; }

    /// <summary>Alerts that wait for the reader; after the end, those beyond the number that it asked for. No loss.</summary>
    public long Unread { get; init; }

    /// <summary>Alerts that the filter did not want.</summary>
    public long FilteredOut { get; init; }

    /// <summary>Lost in the kernel: a CPU's queue of the drop monitor was full (NET_DM_ATTR_STATS, tail drops).</summary>
    public long KernelQueueLost { get; init; }

    /// <summary>Lost at the netlink socket: its buffer was full (column Drops of /proc/net/netlink).</summary>
    public long SocketLost { get; init; }

    /// <summary>Lost at a perf ring: it was full (hits counted by the kernel, less records read and <see cref="UnrecordedLost"/>).</summary>
    public long RingLost { get; init; }

    /// <summary>
    /// Counted by the kernel, which neither wrote a record nor counted it as lost (PERF_FORMAT_LOST, Linux 6.0; always 0 on older kernels). Some kernels
    /// keep no records of what an idle CPU does.
    /// </summary>
    public long UnrecordedLost { get; init; }

    /// <summary>Lost in DropMon: its own buffer was full, because the reader was slower than the drops.</summary>
    public long BufferLost { get; init; }

    /// <summary>Overwritten by newer ones in the ring of a monitor that runs in the background.</summary>
    public long Overwritten { get; init; }

    /// <summary>Messages that could not be decoded.</summary>
    public long Malformed { get; init; }

    /// <summary>All that was lost.</summary>
    public long TotalLost => KernelQueueLost + SocketLost + RingLost + UnrecordedLost + BufferLost + Overwritten + Malformed;

    /// <summary>What nobody counts, in sentences.</summary>
    internal IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>The losses in one sentence; null where nothing was lost.</summary>
    public string? DescribeLoss()
    {
        if (TotalLost == 0)
        {
            return null;
        }

        var parts = new List<string>();
        Add(KernelQueueLost, "in the kernel's queue (a larger -QueueLength helps)");
        Add(SocketLost, "at the netlink socket (a shorter -TruncationLength or a filter further on helps)");
        Add(RingLost, "at a perf ring");
        Add(UnrecordedLost, "counted by the kernel, which wrote no record of them (IdleCpuRecord in Test-DropMonitor or dropmon doctor tells more)");
        Add(BufferLost, "in DropMon's own buffer, because the pipeline was slower than the drops (a larger -Capacity helps)");
        Add(Overwritten, "overwritten by newer ones in the monitor's ring (a larger -Capacity keeps more)");
        Add(Malformed, "because they could not be decoded");
        return $"{TotalLost} alerts were lost: {string.Join(", ", parts)}.";

        void Add(long count, string where)
        {
            if (count > 0)
            {
                parts.Add($"{count} {where}");
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"received {Received}, delivered {Delivered}, filtered out {FilteredOut}, lost {TotalLost}";
}
