namespace DropMon.Sessions.Measurement;

/// <summary>
/// Counts in intervals of time, in bounded memory: when a count lies beyond the last interval, or before the first, intervals
/// are joined in pairs until all fit. Seconds may come in any order. One thread adds; any may copy.
/// </summary>
internal sealed class RateHistory
{
    /// <summary>How many intervals it keeps at the most.</summary>
    public const int Intervals = 64;

    private readonly long[] _counts = new long[Intervals];
    private readonly object _gate = new();
    private long _base;
    private int _shift;
    private bool _isUsed;

    /// <summary>Seconds of an interval, as a power of two.</summary>
    public int Shift
    {
        get
        {
            lock (_gate)
            {
                return _shift;
            }
        }
    }

    /// <summary>Adds to the interval of a second, which may be negative.</summary>
    public void Add(long second, long count)
    {
        long slot = (second >> _shift) - _base;
        if (!_isUsed || (ulong)slot >= Intervals)
        {
            slot = MakeRoom(second);
        }

        _counts[slot] = SaturatingCount.Add(_counts[slot], count);
    }

    /// <summary>Copies the counts of a window, whose intervals are at least as long as this history's.</summary>
    public long[] Copy(HistoryWindow window)
    {
        var copy = new long[window.Intervals];
        lock (_gate)
        {
            for (int i = 0; i < Intervals; i++)
            {
                if (_counts[i] > 0)
                {
                    // What lies outside, by a clock that was set, is shown at the nearer end.
                    ref long interval = ref copy[window.Clamp((_base + i) >> (window.Shift - _shift))];
                    interval = SaturatingCount.Add(interval, _counts[i]);
                }
            }
        }

        return copy;
    }

    private long MakeRoom(long second)
    {
        lock (_gate)
        {
            if (!_isUsed)
            {
                _isUsed = true;
                _base = second;
                return 0;
            }

            long first = _base + FirstUsed();
            long last = _base + LastUsed();
            int wider = 0;
            while (Math.Max(second >> (_shift + wider), last >> wider) - Math.Min(second >> (_shift + wider), first >> wider) >= Intervals)
            {
                wider++;
            }

            Rearrange(Math.Min(second >> (_shift + wider), first >> wider), wider);
            return (second >> _shift) - _base;
        }
    }

    private void Rearrange(long newBase, int wider)
    {
        Span<long> old = stackalloc long[Intervals];
        _counts.CopyTo(old);
        Array.Clear(_counts);
        for (int i = 0; i < Intervals; i++)
        {
            if (old[i] != 0)
            {
                ref long interval = ref _counts[((_base + i) >> wider) - newBase];
                interval = SaturatingCount.Add(interval, old[i]);
            }
        }

        _base = newBase;
        _shift += wider;
    }

    private int FirstUsed() => Math.Max(_counts.AsSpan().IndexOfAnyExcept(0), 0);

    private int LastUsed() => Math.Max(_counts.AsSpan().LastIndexOfAnyExcept(0), 0);
}
