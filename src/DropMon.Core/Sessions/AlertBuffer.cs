namespace DropMon.Sessions;

/// <summary>What a full <see cref="AlertBuffer"/> does with one more.</summary>
internal enum OverflowPolicy
{
    /// <summary>Turns it away: for a reader that takes alerts out.</summary>
    DropNewest,

    /// <summary>Gives up the oldest: for a ring that is looked at.</summary>
    OverwriteOldest,
}

/// <summary>Holds a bounded number of alerts between the source's thread and readers. What finds no room is counted.</summary>
internal sealed class AlertBuffer(int capacity, OverflowPolicy policy)
{
    private const int InitialSize = 256;

    private readonly object _gate = new();
    private DropAlert[] _items = new DropAlert[Math.Min(InitialSize, capacity)];
    private int _first;
    private int _count;
    private long _lost;
    private long _taken;
    private bool _completed;
    private bool _isWoken;

    /// <summary>How many alerts fit.</summary>
    public int Capacity => capacity;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>What has become of the alerts so far, all at the same moment.</summary>
    public Counts ReadCounts()
    {
        lock (_gate)
        {
            return new Counts(_taken, _lost);
        }
    }

    /// <summary>Whether no more will come and none is left.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
            {
                return _completed && _count == 0;
            }
        }
    }

    public void Append(ReadOnlySpan<DropAlert> alerts)
    {
        if (alerts.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            foreach (DropAlert alert in alerts)
            {
                AppendOne(alert);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>No more will come: readers that wait are let go.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets a reader go that waits, or the next one that would.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWoken = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes out the oldest alerts, waiting for the first.</summary>
    /// <returns>How many; 0 when none came in time, none will come any more, or the reader was woken.</returns>
    public int Take(Span<DropAlert> destination, TimeSpan timeout)
    {
        if (destination.IsEmpty)
        {
            return 0;
        }

        long deadline = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            while (_count == 0 && !_completed && !_isWoken)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue)))
                {
                    if (Environment.TickCount64 >= deadline)
                    {
                        break;
                    }
                }
            }

            _isWoken = false;
            int taken = Math.Min(destination.Length, _count);
            for (int i = 0; i < taken; i++)
            {
                destination[i] = _items[_first];
                _items[_first] = null!;
                _first = (_first + 1) % _items.Length;
            }

            _count -= taken;
            _taken += taken;
            return taken;
        }
    }

    /// <summary>Copies what is there, oldest first.</summary>
    public DropAlert[] Copy()
    {
        lock (_gate)
        {
            var copy = new DropAlert[_count];
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = _items[(_first + i) % _items.Length];
            }

            return copy;
        }
    }

    private void AppendOne(DropAlert alert)
    {
        if (_count == _items.Length && _items.Length < capacity)
        {
            Grow();
        }

        if (_count < _items.Length)
        {
            _items[(_first + _count) % _items.Length] = alert;
            _count++;
            return;
        }

        _lost++;
        if (policy == OverflowPolicy.OverwriteOldest)
        {
            _items[_first] = alert;
            _first = (_first + 1) % _items.Length;
        }
    }

    private void Grow()
    {
        var larger = new DropAlert[(int)Math.Min((long)_items.Length * 2, capacity)];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = _items[(_first + i) % _items.Length];
        }

        _items = larger;
        _first = 0;
    }

    /// <summary>What has become of alerts.</summary>
    /// <param name="Taken">Taken out by readers.</param>
    /// <param name="Lost">Turned away, or overwritten before anybody took them.</param>
    internal readonly record struct Counts(long Taken, long Lost);
}
