using DropMon.Sources;

namespace DropMon.Sessions.Measurement;

/// <summary>A session with one listener that counts.</summary>
public sealed class DropMeter : IDisposable
{
    private readonly IDropSession _session;
    private readonly IMeasuringListener _listener;

    internal DropMeter(IDropSession session, DropMonitorOptions options, DropMeterOptions measuring)
    {
        _session = session;
        try
        {
            _listener = session.Measure(options.Filter, measuring);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>What drops are grouped by unless the caller chooses.</summary>
    public static IReadOnlyList<DropGroupKey> DefaultKeys { get; } = [DropGroupKey.Function, DropGroupKey.Reason];

    /// <inheritdoc cref="IDropSession.Warnings"/>
    public IReadOnlyList<string> Warnings => _session.Warnings;

    /// <inheritdoc cref="IMeasuringListener.IsRateReached"/>
    public bool IsRateReached => _listener.IsRateReached;

    /// <inheritdoc cref="IMeasuringListener.Elapsed"/>
    public TimeSpan Elapsed => _listener.Elapsed;

    /// <inheritdoc cref="IMeasuringListener.Total"/>
    public long Total => _listener.Total;

    /// <summary>Opens a source and starts to count.</summary>
    /// <exception cref="DropMonException">No source can be opened; nothing is left behind.</exception>
    public static DropMeter Start(DropMonitorOptions options, DropMeterOptions measuring) => Start(options, measuring, catalog: null);

    internal static DropMeter Start(DropMonitorOptions options, DropMeterOptions measuring, SourceCatalog? catalog) =>
        new(DropSession.Open(options, catalog), options, measuring);

    internal static DropMeter Start(
        DropMonitorOptions options, DropMeterOptions measuring, IDropSource source, KernelKnowledge knowledge, string? note = null) =>
        new(new DropSession(source, knowledge, note), options, measuring);

    /// <summary>What it is and what it has done so far.</summary>
    public DropMonitorStatus GetStatus() => _listener.GetStatus();

    /// <summary>What became of the alerts so far.</summary>
    public DropLedger GetLedger() => _listener.GetLedger();

    /// <inheritdoc cref="IMeasuringListener.Read"/>
    public IReadOnlyList<DropMeasurement> Read() => _listener.Read();

    /// <inheritdoc cref="IMeasuringListener.WaitForEnd"/>
    public bool WaitForEnd(TimeSpan timeout) => _listener.WaitForEnd(timeout);

    /// <inheritdoc cref="IDropSession.ThrowIfFailed"/>
    public void ThrowIfFailed() => _session.ThrowIfFailed();

    /// <inheritdoc cref="IDropSession.RequestStop"/>
    public void RequestStop() => _session.RequestStop();

    /// <inheritdoc cref="IDropSession.StopAfterReports"/>
    public void StopAfterReports() => _session.StopAfterReports();

    /// <inheritdoc cref="IDropSession.Stop"/>
    public void Stop() => _session.Stop();

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>Packets by site. Only after <see cref="Stop"/>.</summary>
    internal IReadOnlyDictionary<DropSite, long> CountBySite() => _listener.CountBySite();
}
