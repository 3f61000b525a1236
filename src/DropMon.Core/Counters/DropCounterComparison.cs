namespace DropMon.Counters;

/// <summary>Sets two readings of the counters side by side.</summary>
internal static class DropCounterComparison
{
    /// <summary>The changes, those that are there at last in their order, then those that have gone.</summary>
    public static List<DropCounterChange> Compare(IEnumerable<DropCounter> before, IEnumerable<DropCounter> after)
    {
        var first = new Dictionary<CounterKey, DropCounter>();
        foreach (DropCounter counter in before)
        {
            first.TryAdd(counter.Key, counter);
        }

        DropCounter[] last = [.. after];
        TimeSpan duration = first.Count > 0 && last.Length > 0 ? last[0].Timestamp - first.Values.First().Timestamp : TimeSpan.Zero;
        var changes = new List<DropCounterChange>(last.Length);
        foreach (DropCounter counter in last)
        {
            first.Remove(counter.Key, out DropCounter? earlier);
            changes.Add(new DropCounterChange(earlier, counter, earlier is null ? duration : counter.Timestamp - earlier.Timestamp));
        }

        changes.AddRange(first.Values.Select(gone => new DropCounterChange(gone, null, duration)));
        return changes;
    }
}
