using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Queueing disciplines that dropped packets, their limits and what waits in them; and devices that take nothing.</summary>
internal sealed class QdiscProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("QDISC_*", "FQ_*", "TC_*", "CAKE_FLOOD", "DUALPI2_STEP_DROP")
    {
        Functions = ["__dev_xmit_skb", "__dev_queue_xmit", "kfree_skb_list*", "sch_handle_ingress", "sch_handle_egress"],
        Classes = [DropClass.Qdisc],
    };

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) =>
        tables.Qdiscs().Rows.Select(qdisc => KeyValuePair.Create(CounterOf(qdisc), (long)qdisc.Counts.Drops));

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        TableReading<QueueDiscipline> reading = tables.Qdiscs();
        TableReading<KernelLink> links = tables.Links();
        if (Unread(query, "queueing disciplines", reading) is { } unread)
        {
            yield return unread;
            yield break;
        }

        DropEvidence[] silent = [.. CarrierFinding.Examine(query, links.Rows)];
        foreach (DropEvidence evidence in silent)
        {
            yield return evidence;
        }

        int shown = silent.Length;
        foreach (QueueDiscipline qdisc in reading.Rows)
        {
            KernelLink? link = links.Rows.FirstOrDefault(link => link.Index == qdisc.InterfaceIndex);
            if (query.InterfaceName is { } name ? link?.Name == name : qdisc.Counts.Drops > 0)
            {
                shown++;
                yield return Describe(query, qdisc, link?.SafeName ?? $"if{qdisc.InterfaceIndex}", reading.Source);
            }
        }

        if (shown == 0)
        {
            yield return Found(
                query,
                "queueing disciplines",
                query.InterfaceName is { } name
                    ? $"{name} has none now in this network namespace."
                    : "None that is there now in this network namespace has dropped anything. Those that were replaced and other "
                        + "namespaces are not seen.",
                null,
                EvidenceVerdict.Neutral,
                reading.Source);
        }
    }

    private static string CounterOf(QueueDiscipline qdisc) => $"{qdisc.InterfaceIndex} {qdisc.Name}";

    private static DropEvidence Describe(EvidenceQuery query, QueueDiscipline qdisc, string device, string source)
    {
        QdiscCounts counts = qdisc.Counts;
        bool isFull = qdisc.IsFull == true;
        long rise = query.Before.Rise(CounterOf(qdisc), counts.Drops);
        string times = rise > 0 ? $", {rise} of them {query.Before.Span}," : counts.Drops > 0 ? ", when is not known," : "";
        string limit = qdisc.Limit is { } most ? $", its limit is {most}" : "";
        return Found(
            query,
            $"qdisc {qdisc.Name} on {device}",
            $"It has dropped {counts.Drops} packets since it was made{times} and exceeded its rate {counts.Overlimits} times; "
                + $"{counts.Length} packets wait{limit}{(isFull ? ": it is full now" : "")}.",
            string.Create(CultureInfo.InvariantCulture, $"drops={counts.Drops} overlimits={counts.Overlimits} qlen={counts.Length}"),
            (isFull && counts.Drops > 0) || rise > 0 ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            source);
    }
}
