using System.Globalization;
using System.Text.Json;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Queueing disciplines that dropped packets, their limits and what waits in them.</summary>
internal sealed class QdiscProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("QDISC_*", "FQ_*", "TC_*", "CAKE_FLOOD", "DUALPI2_STEP_DROP")
    {
        Functions = ["__dev_xmit_skb", "__dev_queue_xmit", "kfree_skb_list*", "sch_handle_ingress", "sch_handle_egress"],
        Classes = [DropClass.Qdisc],
    };

    private static readonly string[] Everywhere = ["-j", "-s", "qdisc", "show"];

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        string[] arguments = query.InterfaceName is { } name ? [.. Everywhere, "dev", name] : Everywhere;
        using JsonDocument? document = RunJson(query, "tc", arguments, cancellationToken, out DropEvidence? excuse);
        if (excuse is not null)
        {
            yield return excuse;
            yield break;
        }

        int dropping = 0;
        foreach (JsonElement qdisc in ((JsonElement?)document?.RootElement).Items())
        {
            long drops = qdisc.Number("drops") ?? 0;
            if (drops > 0 || query.InterfaceName is not null)
            {
                dropping += drops > 0 ? 1 : 0;
                yield return Describe(query, qdisc, drops, CommandLine("tc", arguments));
            }
        }

        if (dropping == 0)
        {
            yield return Found(query, "queueing disciplines", "None of them has dropped anything.", null, EvidenceVerdict.Contradicts, CommandLine("tc", arguments));
        }
    }

    private static DropEvidence Describe(EvidenceQuery query, JsonElement qdisc, long drops, string source)
    {
        string limit = qdisc.Property("options")?.Number("limit") is { } packets ? $", its limit is {packets}" : "";
        return Found(
            query,
            // tc leaves out the device where it was asked for one.
            $"qdisc {qdisc.Text("kind")} {qdisc.Text("handle")} on {qdisc.Text("dev") ?? query.InterfaceName}",
            $"It has dropped {drops} packets and exceeded its rate {qdisc.Number("overlimits") ?? 0} times; {qdisc.Number("qlen") ?? 0} packets wait{limit}.",
            string.Create(CultureInfo.InvariantCulture, $"drops={drops} overlimits={qdisc.Number("overlimits") ?? 0} qlen={qdisc.Number("qlen") ?? 0}"),
            drops > 0 ? EvidenceVerdict.Confirms : EvidenceVerdict.Contradicts,
            source);
    }
}
