using DropMon.Monitoring.Preflight;

namespace DropMon.Preflight;

/// <summary>What a preflight found.</summary>
/// <param name="Results">One result a check.</param>
/// <param name="Source">The source that monitoring would use; null where there is none.</param>
/// <param name="CanMonitor">Whether monitoring works: that source delivered the control drop.</param>
/// <param name="Failure">Why it would fail; null where it works, or where the source is open and deaf.</param>
internal sealed record PreflightReport(
    IReadOnlyList<PreflightResult> Results, string? Source, bool CanMonitor, DropMonException? Failure = null);
