namespace DropMon.Terminal;

/// <summary>What a live view shows at one moment.</summary>
/// <param name="Elapsed">How long it has measured.</param>
/// <param name="Total">Packets counted.</param>
/// <param name="PerSecond">Packets a second since the last frame.</param>
/// <param name="Rows">The groups; those that drop most now come first.</param>
/// <param name="Status">The source and the ledger.</param>
internal sealed record TopFrame(TimeSpan Elapsed, long Total, double PerSecond, IReadOnlyList<TopRow> Rows, DropMonitorStatus Status);

/// <summary>A group in a live view.</summary>
/// <param name="Group">The group as measured from the beginning.</param>
/// <param name="PerSecond">Packets a second since the last frame.</param>
/// <param name="Recent">Packets dropped in each of the last frames, oldest first.</param>
internal sealed record TopRow(DropMeasurement Group, double PerSecond, IReadOnlyList<long> Recent);
