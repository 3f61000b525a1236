using DropMon.Output;
using DropMon.Sessions;

namespace DropMon.Commands;

/// <summary>What an action of Register-NetDropEvent finds in <c>$Event.SourceEventArgs</c>: the drops since the last event.</summary>
public sealed class NetDropEventArgs : EventArgs
{
    private readonly IReadOnlyList<DropAlert> _alerts;
    private readonly DropMonitor _monitor;
    private readonly Action _seen;

    internal NetDropEventArgs(IReadOnlyList<DropAlert> alerts, DropMonException? error, DropMonitor monitor, Action seen)
    {
        _alerts = alerts;
        _monitor = monitor;
        _seen = seen;
        Error = error;
    }

    /// <summary>The first drop; null only where <see cref="Error"/> is set.</summary>
    public DropAlert? Alert => Alerts.Count > 0 ? Alerts[0] : null;

    /// <summary>All drops since the last event, oldest first.</summary>
    public IReadOnlyList<DropAlert> Alerts
    {
        get
        {
            _seen();
            return _alerts;
        }
    }

    /// <summary>The error that ended the source: no event follows; null for drops.</summary>
    public DropMonException? Error { get; }

    /// <summary>What became of the alerts so far, those lost because actions were slower than the drops included.</summary>
    public DropLedger Ledger => _monitor.GetLedger();

    /// <inheritdoc/>
    public override string ToString() => Error is { } error ? CmdletText.Of(error.Message) : $"{_alerts.Count} alerts, first {_alerts[0]}";
}
