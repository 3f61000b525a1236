using DropMon.Counters.Tables;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Each interface's queueing disciplines with their statistics.</summary>
internal sealed class QdiscSource(QdiscTable qdiscs, LinkTable links) : IDropCounterSource
{
    private static readonly CounterName Drops = new("Qdisc", "drops");
    private static readonly CounterName Overlimits = new("Qdisc", "overlimits");
    private static readonly CounterName Requeues = new("Qdisc", "requeues");
    private static readonly CounterName Backlog = new("Qdisc", "backlog");
    private static readonly CounterName Length = new("Qdisc", "qlen");

    public string Name => QdiscTable.Source;

    public IEnumerable<CounterReading> Read()
    {
        foreach (QueueDiscipline qdisc in qdiscs.Read())
        {
            QdiscCounts counts = qdisc.Counts;
            var reading = new CounterReading(Drops, counts.Drops)
            {
                InterfaceName = links.NameOf(qdisc.InterfaceIndex),
                Queue = qdisc.Name
            };
            yield return reading;
            yield return reading with { Counter = Overlimits, Value = counts.Overlimits };
            yield return reading with { Counter = Requeues, Value = counts.Requeues };
            yield return reading with { Counter = Length, Value = counts.Length };
            yield return reading with { Counter = Backlog, Value = counts.Backlog };
        }
    }
}
