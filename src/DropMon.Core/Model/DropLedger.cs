using DropMon.Text;

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

    /// <summary>Alerts that reached DropMon and that the filter did not want.</summary>
    public long FilteredOut { get; init; }

    /// <summary>
    /// Drops that the source rejected in the kernel by the filter's conditions; they are no part of <see cref="Received"/>.
    /// </summary>
    public long FilteredInKernel { get; init; }

    /// <summary>Lost in the kernel: a CPU's queue of the drop monitor was full (NET_DM_ATTR_STATS, tail drops).</summary>
    public long KernelQueueLost
    {
        get => LossesByCause[LossCause.KernelQueue]; init =>
        LossesByCause = LossesByCause.With(LossCause.KernelQueue, value);
    }

    /// <summary>Lost at the netlink socket: its buffer was full (column Drops of /proc/net/netlink).</summary>
    public long SocketLost { get => LossesByCause[LossCause.Socket]; init => LossesByCause = LossesByCause.With(LossCause.Socket, value); }

    /// <summary>
    /// Lost at a perf ring: it was full (hits counted by the kernel, less records read and <see cref="UnrecordedLost"/>).
    /// </summary>
    public long RingLost { get => LossesByCause[LossCause.Ring]; init => LossesByCause = LossesByCause.With(LossCause.Ring, value); }

    /// <summary>
    /// Counted by the kernel, which neither wrote a record nor counted it as lost (PERF_FORMAT_LOST, Linux 6.0; always 0 on older kernels).
    /// Some kernels keep no records of what an idle CPU does.
    /// </summary>
    public long UnrecordedLost
    {
        get => LossesByCause[LossCause.Unrecorded]; init =>
        LossesByCause = LossesByCause.With(LossCause.Unrecorded, value);
    }

    /// <summary>Lost in DropMon: its own buffer was full, because the reader was slower than the drops.</summary>
    public long BufferLost { get => LossesByCause[LossCause.Buffer]; init => LossesByCause = LossesByCause.With(LossCause.Buffer, value); }

    /// <summary>Overwritten by newer ones in the ring of a monitor that runs in the background.</summary>
    public long Overwritten
    {
        get => LossesByCause[LossCause.Overwritten]; init =>
        LossesByCause = LossesByCause.With(LossCause.Overwritten, value);
    }

    /// <summary>Messages that could not be decoded.</summary>
    public long Malformed
    {
        get => LossesByCause[LossCause.Malformed]; init =>
        LossesByCause = LossesByCause.With(LossCause.Malformed, value);
    }

    /// <summary>All that was lost.</summary>
    public long TotalLost => LossesByCause.Total;

    /// <summary>What was lost, a cause each: those above and those that only one source has.</summary>
    public IReadOnlyList<DropLoss> GetLosses() => LossesByCause.All;

    /// <inheritdoc cref="GetLosses"/>
    internal DropLosses LossesByCause { get; init; } = DropLosses.None;

    /// <summary>What is not counted, in sentences.</summary>
    internal IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>The same, naming options as a front end does.</summary>
    internal DropLedger Spell(IOptionSpelling spelling) => this with
    {
        LossesByCause = LossesByCause.Spell(spelling),
        Gaps = [.. Gaps.Select(gap => OptionText.Spell(gap, spelling))],
    };

    /// <summary>The losses in one sentence; null where nothing was lost.</summary>
    public string? DescribeLoss() => TotalLost == 0
        ? null : $"{Plural.Of(TotalLost, "alert was", "alerts were")} lost: {string.Join(", ", GetLosses())}.";

    /// <inheritdoc/>
    public override string ToString() => FilteredInKernel == 0
        ? $"received {Received}, delivered {Delivered}, filtered out {FilteredOut}, lost {TotalLost}"
        : $"received {Received}, delivered {Delivered}, filtered out {FilteredOut}, filtered in the kernel {FilteredInKernel}, lost "
            + $"{TotalLost}";
}
