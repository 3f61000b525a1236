using DropMon.Sessions.Measurement;

namespace DropMon.Terminal;

/// <summary>Makes frames of what a meter has counted: the rates since the frame before, and the last few of each group.</summary>
internal sealed class TopModel
{
    private const int RecentFrames = 16;

    private readonly Dictionary<string, Track> _tracks = [];
    private TimeSpan _lastElapsed;
    private long _lastTotal;

    /// <summary>Takes a look at the meter.</summary>
    public TopFrame Look(DropMeter meter) => Advance(meter.Read(), meter.Elapsed, meter.GetStatus());

    /// <summary>The next frame.</summary>
    public TopFrame Advance(IReadOnlyList<DropMeasurement> groups, TimeSpan elapsed, DropMonitorStatus status)
    {
        double seconds = Math.Max((elapsed - _lastElapsed).TotalSeconds, DropTally.ShortestSeconds);
        long total = SaturatingCount.Sum(groups, group => group.Count);
        TopRow[] rows =
        [
            .. groups.Select(group => Row(group, seconds))
                .OrderByDescending(row => row.PerSecond)
                    .ThenByDescending(row => row.Group.Count)
                    .ThenBy(row => row.Group.Name, StringComparer.Ordinal),
        ];
        var frame = new TopFrame(elapsed, total, (total - _lastTotal) / seconds, rows, status);
        _lastElapsed = elapsed;
        _lastTotal = total;
        return frame;
    }

    private TopRow Row(DropMeasurement group, double seconds)
    {
        if (!_tracks.TryGetValue(group.Name, out Track? track))
        {
            _tracks.Add(group.Name, track = new Track());
        }

        long fresh = group.Count - track.Count;
        track.Count = group.Count;
        track.Recent.Enqueue(fresh);
        if (track.Recent.Count > RecentFrames)
        {
            track.Recent.Dequeue();
        }

        return new TopRow(group, fresh / seconds, [.. track.Recent]);
    }

    private sealed class Track
    {
        public long Count { get; set; }

        public Queue<long> Recent { get; } = new();
    }
}
