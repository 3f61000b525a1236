using DropMon.Counters.Tables;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>
/// Devices that are down or have no carrier: their queues lead to the discipline noop, which drops whatever is sent and counts nothing.
/// The kernel shows the discipline that waits for the carrier in its place (net/sched/sch_generic.c: dev_deactivate_queue), so that the
/// device's state is the witness.
/// </summary>
internal static class CarrierFinding
{
    private const string Noop = "noop";
    private const int MostDevices = 20;

    /// <summary>Looks at the device that the drop names; without a name, lists those that may be meant.</summary>
    public static IEnumerable<DropEvidence> Examine(EvidenceQuery query, IReadOnlyList<KernelLink> links)
    {
        if (query.DecidingReason is not (null or "QDISC_DROP"))
        {
            return [];
        }

        return query.InterfaceName is { } name
            ? links.Where(link => link.Name == name && TakesNothing(link)).Select(link => Found(query, link, Verdict(query)))
            : links.Where(link => link.IsUp && TakesNothing(link)).Take(MostDevices)
                .Select(link => Found(query, link, EvidenceVerdict.Neutral));
    }

    private static bool TakesNothing(KernelLink link) => !link.HasCarrier || link.Qdisc == Noop;

    // Without a reason the function may stand for other causes.
    private static EvidenceVerdict Verdict(EvidenceQuery query) => query.DecidingReason is null
        ? EvidenceVerdict.Neutral : EvidenceVerdict.Confirms;

    private static DropEvidence Found(EvidenceQuery query, KernelLink link, EvidenceVerdict verdict)
    {
        string up = $"ip link set {ShellQuote.Word(link.Name)} up";
        (string what, string state, string remedy) = link switch
        {
            { IsUp: false } => ("It is down now", "down", up),
            { HasCarrier: false } => ("It is up and has no carrier now", "no carrier", link.Kind == "veth"
                ? "bring its other end up, in its own network namespace" : "connect it, or bring up the device that it depends on"),
            _ => ("Its queueing discipline is noop now", Noop, up),
        };
        return EvidenceProbe.Found(query, link.Name,
            $"{what}: whatever is sent by it is dropped (discipline noop), and no counter of a discipline rises. Fix: {remedy}.",
            state, verdict, LinkTable.Source);
    }
}
