namespace DropMon.Sessions;

/// <summary>
/// Merges alerts of several computers by time. Each is held back for a moment, so that one that happened earlier but came
/// later can go before it; one that comes later still goes out at once, behind those that were let go. For one thread.
/// </summary>
/// <param name="width">How long an alert is held back at most.</param>
/// <param name="capacity">How many are held back at most; beyond it the earliest goes.</param>
/// <param name="bytes">Bytes of memory that those which are held back take at most; beyond it the earliest goes.</param>
internal sealed class ReorderWindow(TimeSpan width, int capacity, long bytes)
{
    private readonly PriorityQueue<(DropAlert Alert, long Size), (long Ticks, long Order)> _byTime = new();
    private readonly Queue<(long DueAt, long Order)> _byArrival = new();
    private readonly HashSet<long> _released = [];
    private long _order;
    private long _held;

    /// <summary>How many are held back.</summary>
    public int Count => _byTime.Count;

    /// <summary>Takes one in.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="size">Bytes of memory that it takes.</param>
    /// <param name="now">The milliseconds of a clock that never goes back.</param>
    public void Add(DropAlert alert, long size, long now)
    {
        _held += size;
        _byTime.Enqueue((alert, size), (alert.Timestamp.UtcTicks, _order));
        _byArrival.Enqueue((now + (long)width.TotalMilliseconds, _order));
        _order++;
    }

    /// <summary>How long until the next is due, in milliseconds; -1 where none is held back.</summary>
    public int DueIn(long now)
    {
        SkipReleased();
        return _byArrival.TryPeek(out var oldest) ? (int)Math.Max(0, oldest.DueAt - now) : -1;
    }

    /// <summary>Lets go what is due, and with it all that happened before it, in the order of time.</summary>
    public IEnumerable<DropAlert> Release(long now)
    {
        while (true)
        {
            SkipReleased();
            // What was let go stays in the order of arrival behind one that was not.
            bool isDue = _byArrival.TryPeek(out var oldest) && (oldest.DueAt <= now || _byArrival.Count > 2L * capacity);
            if (!isDue && _byTime.Count <= capacity && _held <= bytes)
            {
                yield break;
            }

            yield return Dequeue();
        }
    }

    /// <summary>Lets go all, in the order of time.</summary>
    public IEnumerable<DropAlert> ReleaseAll()
    {
        while (_byTime.Count > 0)
        {
            yield return Dequeue();
        }

        _byArrival.Clear();
        _released.Clear();
    }

    private DropAlert Dequeue()
    {
        _byTime.TryDequeue(out (DropAlert Alert, long Size) item, out (long Ticks, long Order) key);
        _released.Add(key.Order);
        _held -= item.Size;
        return item.Alert;
    }

    private void SkipReleased()
    {
        while (_byArrival.TryPeek(out var oldest) && _released.Remove(oldest.Order))
        {
            _byArrival.Dequeue();
        }
    }
}
