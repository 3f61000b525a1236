namespace DropMon.Counters.Tables;

/// <summary>What a table of the kernel holds, or why it could not be read.</summary>
/// <param name="Rows">Its rows; none where it could not be read.</param>
/// <param name="Source">The facility or the files.</param>
/// <param name="Problem">Why it could not be read; null where it was.</param>
internal sealed record TableReading<T>(IReadOnlyList<T> Rows, string Source, string? Problem);
