namespace DropMon.Sources;

/// <summary>
/// What became of drops before a source handed them on, since it opened. A reference, since one thread writes it and others read it.
/// </summary>
/// <param name="Losses">Alerts that the source knows it did not deliver, by cause.</param>
/// <param name="FilteredInKernel">Drops that it rejected in the kernel by the filter's conditions.</param>
internal sealed record SourceTotals(DropLosses Losses, long FilteredInKernel = 0)
{
    public static SourceTotals None { get; } = new(DropLosses.None);

    /// <summary>What came since an earlier look.</summary>
    public SourceTotals Since(SourceTotals earlier) =>
        new(Losses.Since(earlier.Losses), Math.Max(0, FilteredInKernel - earlier.FilteredInKernel));
}
