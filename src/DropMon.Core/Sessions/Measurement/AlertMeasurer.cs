namespace DropMon.Sessions.Measurement;

/// <summary>Counts alerts that were collected before, in any order of time. For one thread.</summary>
public sealed class AlertMeasurer
{
    private readonly GroupLabeler _labeler;
    private DropTally? _tally;
    private DropSite? _lastSite;
    private DropGroup? _lastGroup;
    private DateTimeOffset _first = DateTimeOffset.MaxValue;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>Creates a measurer.</summary>
    /// <param name="by">What to group by; nothing makes one group of all.</param>
    public AlertMeasurer(IReadOnlyList<DropGroupKey> by) => _labeler = new GroupLabeler(by);

    /// <summary>Counts an alert.</summary>
    public void Add(DropAlert alert)
    {
        DateTimeOffset time = alert.Timestamp;
        _first = time < _first ? time : _first;
        _last = time > _last ? time : _last;
        long ticks = Ticks(time);
        _tally ??= new DropTally(_labeler.Keys, ticks);
        Find(_tally, alert).Add(alert.Count, ticks, _tally.Origin);
    }

    /// <summary>What was counted, the largest group first.</summary>
    /// <param name="duration">The time in which the alerts were collected; null for from the first of them to the last, at least a
    /// second.</param>
    /// <param name="ledger">What became of the alerts, where that is known.</param>
    public IReadOnlyList<DropMeasurement> Read(TimeSpan? duration = null, DropLedger? ledger = null)
    {
        if (_tally is null)
        {
            return [];
        }

        TimeSpan span = _last - _first;
        return _tally.Snapshot(Ticks(_first), duration ?? (span > TimeSpan.FromSeconds(1) ? span : TimeSpan.FromSeconds(1)), ledger);
    }

    private static long Ticks(DateTimeOffset time) => time.UtcTicks - DateTime.UnixEpoch.Ticks;

    // Alerts of one site belong to one group, where nothing but the site decides.
    private DropGroup Find(DropTally tally, DropAlert alert)
    {
        if (_lastGroup is not null && ReferenceEquals(alert.Site, _lastSite) && !_labeler.UsesContext)
        {
            return _lastGroup;
        }

        DropContext context = DropContext.Of(alert, _labeler);
        _lastSite = alert.Site;
        return _lastGroup = tally.Find(_labeler.Label(alert.Site, in context), alert.Site);
    }
}
