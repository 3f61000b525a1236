using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// Runs a monitor for a bounded time or number of alerts and hands the alerts on as they come. It is for one reader;
/// <see cref="Cancel"/> may come from any thread.
/// </summary>
public sealed class DropWatch : IDisposable
{
    // The most that one call takes: enough to spare locking, few enough to be passed on before the next arrive.
    private const int BatchSize = 512;

    private readonly DropAlert[] _batch = new DropAlert[BatchSize];
    private readonly long _startedAt = Environment.TickCount64;
    private readonly TimeSpan? _duration;
    private readonly long? _count;
    private long _wanted;
    private bool _isStopped;

    private DropWatch(DropMonitor monitor, TimeSpan? duration, long? count)
    {
        Monitor = monitor;
        _duration = duration;
        _count = count;
        _wanted = count ?? long.MaxValue;
    }

    /// <summary>The monitor, for its status and ledger.</summary>
    public DropMonitor Monitor { get; }

    /// <summary>Whether all has been handed on.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>
    /// The share of the time or of the alerts that has passed, whichever is nearer to its end: 0 to 1; 0 where neither is bounded.
    /// </summary>
    public double Progress { get; private set; }

    /// <summary>Opens a source and starts to receive.</summary>
    /// <param name="options">How to monitor.</param>
    /// <param name="duration">How long; null for until cancelled.</param>
    /// <param name="count">How many alerts; null for all.</param>
    /// <exception cref="DropMonException">No source is available.</exception>
    public static DropWatch Start(DropMonitorOptions options, TimeSpan? duration, long? count) =>
        Start(options, duration, count, catalog: null);

    internal static DropWatch Start(DropMonitorOptions options, TimeSpan? duration, long? count, SourceCatalog? catalog) =>
        new(DropMonitor.Start(options, catalog), duration, count);

    internal static DropWatch Start(DropMonitor monitor, TimeSpan? duration, long? count) => new(monitor, duration, count);

    /// <summary>Waits for alerts.</summary>
    /// <param name="patience">How long at most, so that the caller can do other things meanwhile.</param>
    /// <returns>What came, valid until the next call; empty when nothing came in time, when <see cref="DropMonitor.Warnings"/> has news, or
    /// at the end.</returns>
    /// <exception cref="DropMonException">The source failed, and all that came before has been handed on.</exception>
    public ReadOnlySpan<DropAlert> Next(TimeSpan patience)
    {
        TimeSpan left = TimeLeft();
        if (_wanted == 0)
        {
            End();
            return [];
        }

        if (left == TimeSpan.Zero && !_isStopped)
        {
            // What was dropped within the time but is not yet reported belongs to it.
            Monitor.StopAfterReports();
            _isStopped = true;
        }

        TimeSpan wait = _isStopped ? TimeSpan.Zero : patience == Timeout.InfiniteTimeSpan || left < patience ? left : patience;
        int room = (int)Math.Min(BatchSize, _wanted);
        int taken = Monitor.Take(_batch.AsSpan(0, room), wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : wait);
        _wanted -= taken;
        NoteProgress(left);
        if (_wanted == 0)
        {
            // The kernel takes tens of milliseconds to close a source: what was asked for does not wait for it.
            Monitor.RequestStop();
        }
        else if (taken == 0 && Monitor.IsDrained)
        {
            End();
        }

        return _batch.AsSpan(0, taken);
    }

    /// <summary>Ends the watch early: what has come is still handed on.</summary>
    public void Cancel() => Monitor.RequestStop();

    /// <summary>Stops the monitor and leaves the kernel as it was.</summary>
    public void Dispose() => Monitor.Dispose();

    private void End()
    {
        Monitor.Stop();
        _isStopped = true;
        IsEnded = true;
    }

    private TimeSpan TimeLeft()
    {
        if (_duration is not { } duration)
        {
            return TimeSpan.MaxValue;
        }

        TimeSpan left = duration - TimeSpan.FromMilliseconds(Environment.TickCount64 - _startedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void NoteProgress(TimeSpan left)
    {
        double byTime = _duration is { } duration && duration > TimeSpan.Zero ? 1 - (left / duration) : 0;
        double byCount = _count is { } count && count > 0 ? 1 - ((double)_wanted / count) : 0;
        Progress = Math.Clamp(Math.Max(byTime, byCount), 0, 1);
    }
}
