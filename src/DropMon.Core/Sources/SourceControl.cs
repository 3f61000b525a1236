using DropMon.Native;

namespace DropMon.Sources;

/// <summary>What a monitor says to its source's thread: to end, or to hand over what there is now. Callers are on other threads.</summary>
internal sealed class SourceControl : IDisposable
{
    private readonly EventFd _stop = new();
    private readonly EventFd _flush = new();
    private readonly object _gate = new();
    private long _asked;
    private long _answered;

    /// <summary>Raised when the source is to end.</summary>
    public SafeFileDescriptor StopHandle => _stop.Handle;

    /// <summary>Raised when a thread waits for what there is now.</summary>
    public SafeFileDescriptor FlushHandle => _flush.Handle;

    public void RequestStop() => _stop.Set();

    /// <summary>Waits until the source has handed over all drops before this call.</summary>
    /// <returns>False when the time ran out, or the source has ended.</returns>
    public bool Flush(TimeSpan timeout)
    {
        lock (_gate)
        {
            long mine = ++_asked;
            _flush.Set();
            long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
            while (_answered < mine)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0)
                {
                    return false;
                }

                Monitor.Wait(_gate, (int)left);
            }

            return true;
        }
    }

    /// <summary>Called by the source when it sees <see cref="FlushHandle"/> raised, before it hands over what there is.</summary>
    /// <returns>What to give to <see cref="EndFlush"/> afterwards.</returns>
    public long BeginFlush()
    {
        lock (_gate)
        {
            _flush.Reset();
            return _asked;
        }
    }

    /// <summary>Called by the source when it has handed over all that there was at <see cref="BeginFlush"/>, or is about to end.</summary>
    public void EndFlush(long flush)
    {
        lock (_gate)
        {
            _answered = Math.Max(_answered, flush);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The source has ended: waiting threads return.</summary>
    public void End() => EndFlush(long.MaxValue);

    public void Dispose()
    {
        _stop.Dispose();
        _flush.Dispose();
    }
}
