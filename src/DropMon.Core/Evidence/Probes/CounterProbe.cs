using System.Globalization;
using DropMon.Machine;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence.Probes;

/// <summary>The counters that the kernel raises with the reason, as they stand. A count since boot is no witness of one drop: only its rise would be.</summary>
internal sealed class CounterProbe(IMachine machine, DropKnowledge knowledge) : EvidenceProbe(machine)
{
    public override bool Covers(EvidenceQuery query) => CountersOf(query).Always.Count > 0 || CountersOf(query).Perhaps.Count > 0;

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        var mib = new MibReader(Machine);
        (IReadOnlyList<CounterName> always, IReadOnlyList<CounterName> perhaps) = CountersOf(query);
        foreach (CounterName counter in always.Concat(perhaps))
        {
            // Devices, queues and sockets keep counts of their own: other probes look there.
            if (mib.Read(counter) is not { } value || (value == 0 && !always.Contains(counter)))
            {
                continue;
            }

            yield return Found(
                query,
                counter.ToString(),
                value == 0
                    ? "It stands at zero: no such drop has happened in this network namespace since it was made. Others were not looked at."
                    : $"It stands at {value}, counted since this network namespace was made. Whether it rises now, {CommandId.CompareCounters} shows.",
                value.ToString(CultureInfo.InvariantCulture),
                EvidenceVerdict.Neutral,
                MibReader.PathOf(counter)!);
        }
    }

    private (IReadOnlyList<CounterName> Always, IReadOnlyList<CounterName> Perhaps) CountersOf(EvidenceQuery query)
    {
        if (query.Function is not null || knowledge.FindReason(query.Subsystem, query.Reason ?? "") is not { } reason)
        {
            SiteCounters counters = SiteCounters.Find(knowledge, query.Reason, query.Subsystem, query.Function, query.Explanation);
            return (counters.Always, counters.Possible);
        }

        // Without a function every place that gives the reason may be meant.
        IEnumerable<CounterName> elsewhere = reason.Sites.SelectMany(other => (other.Counters ?? []).Concat(other.PossibleCounters ?? []));
        return (reason.Counters, [.. reason.PossibleCounters.Concat(elsewhere).Distinct().Except(reason.Counters)]);
    }
}
