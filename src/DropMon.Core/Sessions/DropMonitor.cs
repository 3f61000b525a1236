using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>A session with one listener to its alerts, which is all that most need.</summary>
public sealed class DropMonitor : IDisposable
{
    private readonly IDropSession _session;
    private readonly IAlertListener _listener;

    internal DropMonitor(IDropSession session, DropMonitorOptions options)
    {
        _session = session;
        try
        {
            _listener = session.Listen(
                new ListenerOptions { Filter = options.Filter, Capacity = options.Capacity, KeepsNewest = options.KeepsNewest });
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="IDropSession.Warnings"/>
    public IReadOnlyList<string> Warnings => _session.Warnings;

    /// <inheritdoc cref="IDropSession.ReportingDelay"/>
    public TimeSpan ReportingDelay => _session.ReportingDelay;

    /// <inheritdoc cref="IAlertListener.IsDrained"/>
    public bool IsDrained => _listener.IsDrained;

    /// <summary>Opens a source and starts to receive.</summary>
    /// <exception cref="DropMonException">No source can be opened; nothing is left behind.</exception>
    public static DropMonitor Start(DropMonitorOptions options) => Start(options, catalog: null);

    internal static DropMonitor Start(DropMonitorOptions options, SourceCatalog? catalog) =>
        new(DropSession.Open(options, catalog), options);

    internal static DropMonitor Start(DropMonitorOptions options, IDropSource source, KernelKnowledge knowledge, string? note = null) =>
        new(new DropSession(source, knowledge, note), options);

    /// <inheritdoc cref="IAlertListener.Take"/>
    public int Take(Span<DropAlert> destination, TimeSpan timeout) => _listener.Take(destination, timeout);

    /// <inheritdoc cref="IAlertListener.Snapshot"/>
    public IReadOnlyList<DropAlert> Snapshot() => _listener.Snapshot();

    /// <summary>What it is and what it has done so far.</summary>
    public DropMonitorStatus GetStatus() => _listener.GetStatus();

    /// <summary>What became of the alerts so far.</summary>
    public DropLedger GetLedger() => _listener.GetLedger();

    /// <inheritdoc cref="IDropSession.RequestStop"/>
    public void RequestStop() => _session.RequestStop();

    /// <inheritdoc cref="IDropSession.WaitForEnd"/>
    public bool WaitForEnd(TimeSpan timeout) => _session.WaitForEnd(timeout);

    /// <inheritdoc cref="IDropSession.StopAfterReports"/>
    public void StopAfterReports() => _session.StopAfterReports();

    /// <inheritdoc cref="IDropSession.Stop"/>
    public void Stop() => _session.Stop();

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();
}
