using System.Globalization;
using DropMon.Machine;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence.Probes;

/// <summary>
/// The counters that the kernel raises with the reason, with what they rose by a moment ago. A count since boot is no witness: only its
/// rise is.
/// </summary>
internal sealed class CounterProbe(IMachine machine, DropKnowledge knowledge) : EvidenceProbe(machine)
{
    public override bool Covers(EvidenceQuery query) => CountersOf(query).Always.Count > 0 || CountersOf(query).Perhaps.Count > 0;

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) => new MibReader(Machine).ReadAll();

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

            long rise = query.Before.Rise(MibReader.KeyOf(counter), value);
            yield return Found(
                query,
                counter.ToString(),
                rise > 0
                    ? $"It stands at {value}, and rose by {rise} {query.Before.Span}."
                    : value == 0
                    ? "It stands at zero: no such drop has happened in this network namespace since it was made. Others were not looked at."
                    : $"It stands at {value}, counted since this network namespace was made, and did not rise while DropMon looked. "
                        + $"{CommandId.CompareCounters} looks longer.",
                value.ToString(CultureInfo.InvariantCulture),
                rise > 0 && always.Contains(counter) ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
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
