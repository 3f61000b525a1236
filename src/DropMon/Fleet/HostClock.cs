using System.Diagnostics;

namespace DropMon.Fleet;

/// <summary>How long a computer may take. The time in which it waits for the reader is not counted.</summary>
internal sealed class HostClock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly Action<string> _expire;
    private readonly Timer _timer;
    private TimeSpan _total = Timeout.InfiniteTimeSpan;
    private TimeSpan _silence = Timeout.InfiniteTimeSpan;
    private string _what = "";
    private long _start = Stopwatch.GetTimestamp();
    private long _heard = Stopwatch.GetTimestamp();
    private long _pausedAt;
    private bool _hasExpired;

    /// <param name="expire">Takes what went on for too long, once, from another thread.</param>
    public HostClock(Action<string> expire)
    {
        _expire = expire;
        _timer = new Timer(_ => Check(), null, Interval, Interval);
    }

    /// <summary>Begins a part of the conversation.</summary>
    /// <param name="total">How long it may take.</param>
    /// <param name="silence">How long nothing may come.</param>
    /// <param name="what">What is wrong when it takes longer, as a sentence.</param>
    public void Begin(TimeSpan total, TimeSpan silence, string what)
    {
        lock (_gate)
        {
            (_total, _silence, _what) = (total, silence, what);
            _start = _heard = Stopwatch.GetTimestamp();
            _pausedAt = 0;
        }
    }

    /// <summary>Something came.</summary>
    public void Hear()
    {
        lock (_gate)
        {
            _heard = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Does what may wait for the reader of this side.</summary>
    public void Suspend(Action wait)
    {
        lock (_gate)
        {
            _pausedAt = Stopwatch.GetTimestamp();
        }

        wait();
        lock (_gate)
        {
            // A new part may have begun meanwhile.
            if (_pausedAt != 0)
            {
                _start += Stopwatch.GetTimestamp() - _pausedAt;
            }

            _pausedAt = 0;
            _heard = Stopwatch.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        string why;
        lock (_gate)
        {
            bool isSilent = _silence != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_heard) > _silence;
            bool isLate = _total != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_start) > _total;
            if (_hasExpired || _pausedAt != 0 || !(isSilent || isLate))
            {
                return;
            }

            _hasExpired = true;
            why = isLate ? _what : $"nothing came from it for {_silence.TotalSeconds:0} seconds.";
        }

        _expire(why);
    }
}
