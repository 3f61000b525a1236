using DropMon.Counters;

namespace DropMon;

/// <summary>All counters of this network namespace at one moment. What could not be read is a warning beside them.</summary>
public sealed class DropCounterSnapshot
{
    internal DropCounterSnapshot(DateTimeOffset timestamp, IReadOnlyList<DropCounter> counters, IReadOnlyList<DropCounterWarning> warnings)
    {
        Timestamp = timestamp;
        Counters = counters;
        Warnings = warnings;
    }

    /// <summary>When the reading began.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The counters, by source.</summary>
    public IReadOnlyList<DropCounter> Counters { get; }

    /// <summary>The sources that could not be read.</summary>
    public IReadOnlyList<DropCounterWarning> Warnings { get; }

    /// <summary>Reads every counter that this kernel has. Takes a few milliseconds.</summary>
    public static DropCounterSnapshot Read()
    {
        using var sources = CounterSources.OfThisMachine();
        return Read(sources.All, CounterKnowledge.Embedded, DateTimeOffset.Now);
    }

    internal static DropCounterSnapshot Read(IEnumerable<IDropCounterSource> sources, CounterKnowledge knowledge, DateTimeOffset timestamp)
    {
        var counters = new List<DropCounter>(1024);
        var warnings = new List<DropCounterWarning>();
        foreach (IDropCounterSource source in sources)
        {
            try
            {
                foreach (CounterReading reading in source.Read())
                {
                    counters.Add(new DropCounter(timestamp, source.Name, reading, knowledge.Describe(reading.Counter)));
                }
            }
            catch (DropMonException error)
            {
                warnings.Add(new DropCounterWarning(source.Name, error));
            }
        }

        return new DropCounterSnapshot(timestamp, counters, warnings);
    }
}
