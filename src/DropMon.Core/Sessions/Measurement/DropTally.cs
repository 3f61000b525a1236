namespace DropMon.Sessions.Measurement;

/// <summary>Groups and their counts. One thread counts; any may take a snapshot.</summary>
/// <param name="keys">What to group by.</param>
/// <param name="origin">When counting began, in ticks since 1970.</param>
internal sealed class DropTally(IReadOnlyList<DropGroupKey> keys, long origin)
{
    /// <summary>Rates are over at least this many seconds: a shorter time gives no meaningful rate.</summary>
    public const double ShortestSeconds = 1e-3;

    private const long ShortestRest = TimeSpan.TicksPerSecond / 10;

    // Invented names must not fill the memory: what finds no room is counted together.
    private const int MostGroups = 10_000;
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Dictionary<GroupLabel, DropGroup> _groups = [];

    public long Origin => origin;

    /// <summary>Bytes that groups take, with the site that each keeps as an example.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The group of a label, made if there is none.</summary>
    public DropGroup Find(GroupLabel label, DropSite site)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(label, out DropGroup? group))
            {
                int bytes = site.Weight + label.Weight;
                GroupLabel key = _groups.Count < MostGroups && Bytes + bytes <= MostBytes ? label : GroupLabel.Rest;
                if (!_groups.TryGetValue(key, out group))
                {
                    Bytes += bytes;
                    _groups.Add(key, group = new DropGroup(key, site));
                }
            }

            group.Sites.Add(site);
            return group;
        }
    }

    /// <summary>What was counted until now, the largest group first.</summary>
    /// <param name="start">When the measurement began, in ticks since 1970.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="ledger">What became of the alerts, where that is known.</param>
    public IReadOnlyList<DropMeasurement> Snapshot(long start, TimeSpan duration, DropLedger? ledger)
    {
        lock (_gate)
        {
            // Counting goes on meanwhile: each count is read once, so that the parts make up the whole.
            (DropGroup Group, long Count)[] groups =
            [
                .. _groups.Values.Select(group => (group, group.Count)).Where(group => group.Count > 0)
            ];
            long firstSecond = DropGroup.SecondOf(start, origin);
            // A rest of a second that is too short to tell anything belongs to the one before.
            long lastSecond = Math.Max(firstSecond, DropGroup.SecondOf(SaturatingCount.Add(start - ShortestRest, duration.Ticks), origin));
            var window = HistoryWindow.Of(
                firstSecond, lastSecond, groups.Select(group => group.Group.History.Shift).DefaultIfEmpty().Max());
            var period = new MeasurementPeriod(
                keys, MeasurementPeriod.TimeOf(start), duration, groups.Sum(group => (double)group.Count), window, ledger);
            return
            [
                .. groups.Select(group => period.Describe(group.Group, group.Count))
                    .OrderByDescending(group => group.Count)
                    .ThenBy(group => group.Name, StringComparer.Ordinal)
            ];
        }
    }
}
