using System.Net.Sockets;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence.Probes;

/// <summary>
/// Rules, policies and queues of netfilter that drop packets, with their counters: nftables, iptables and its siblings, NFQUEUE. Asks the
/// kernel, as the counters do, in this thread's network namespace.
/// </summary>
internal sealed class NetfilterProbe(IMachine machine, Func<INetfilterKernel> open) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("NETFILTER_DROP")
    {
        Functions = ["nf_hook*", "nf_queue", "__nf_queue", "nf_reinject", "nfqnl_*", "__nfqnl_*"],
        Classes = [DropClass.Netfilter],
    };

    // Of the class, but these drop for reasons of their own: a reset that could not be sent, a copy, fragments, a balanced service.
    private static readonly string[] Others =
    [
        "nf_send_*", "nf_dup_*", "nf_fwd_*", "nf_do_netdev_*", "nf_ct_*", "nf_br_*", "nf_flow_*", "synproxy_*", "ip_vs_*",
            "handle_response", "br_ip6_fragment", "nft_reject_*",
    ];

    // Here a packet ends that a queue did not take. It met no rule that drops.
    private static readonly string[] IntoQueue = [
        "nf_queue", "__nf_queue", "nfqnl_enqueue_packet", "__nfqnl_enqueue_packet", "nfqnl_build_packet_message"];

    // Here one ends that came back from a queue: by the program's verdict, or a later rule's.
    private static readonly string[] OutOfQueue = ["nf_reinject", "nfqnl_reinject", "nfqnl_recv_verdict", "nfqnl_flush"];

    public override bool Covers(EvidenceQuery query) => base.Covers(query)
        && !(query is { DecidingReason: null, Function: { } function }
            && NamePatternSet.Parse(Others).Matches(FunctionName.StripCompilerSuffix(function)));

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken)
    {
        using INetfilterKernel kernel = open();
        return NetfilterSurvey.Take(Machine, kernel, cancellationToken).Drops
            .Where(drop => drop.Packets is not null).Select(drop => KeyValuePair.Create(drop.Counter, drop.Packets!.Value))
            .Concat(QueueFindings.Count(Machine));
    }

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        string? function = query.Function is { } name ? FunctionName.StripCompilerSuffix(name) : null;
        bool isInto = function is not null && IntoQueue.Contains(function);
        bool isOut = function is not null && OutOfQueue.Contains(function);
        using INetfilterKernel kernel = open();
        NetfilterSurvey survey = NetfilterSurvey.Take(Machine, kernel, cancellationToken);
        var findings = new List<NetfilterFinding>();
        if (!isInto)
        {
            findings.AddRange(RuleFindings.Of(survey.Drops, query.Before, FamilyOf(query)));
        }

        if (function is null || isInto || isOut)
        {
            findings.AddRange(new QueueFindings(Machine, query.Before).Of(survey.Drops, isInto, isOut));
        }

        foreach (NetfilterFinding finding in findings)
        {
            yield return Found(query, finding.Subject, finding.Text, finding.Value, finding.Verdict, finding.Source);
        }

        if (!findings.Exists(finding => finding.Verdict == EvidenceVerdict.Confirms))
        {
            yield return Found(query, "netfilter", Coverage(survey, findings.Count > 0), null, EvidenceVerdict.Neutral,
                "nft -a list ruleset");
        }
    }

    private static AddressFamily? FamilyOf(EvidenceQuery query) =>
        (query.DestinationAddress ?? query.SourceAddress)?.AddressFamily;

    /// <summary>What an empty search is worth.</summary>
    private static string Coverage(NetfilterSurvey survey, bool isAnything)
    {
        string translations = survey.Translations == 0
            ? "" : $" {survey.Translations} rules of nftables translate addresses: such a rule drops a packet whose translation fails, "
                + "and counts it nowhere.";
        IEnumerable<string> unread = survey.Unread.Concat(
        [
            "other network namespaces",
            "programs of BPF at netfilter's hooks (BPF_LINK_TYPE_NETFILTER), at tc and XDP",
            "rules of ebtables-legacy",
            "IPVS and security modules, which drop at the same hooks",
        ]);
        return (isAnything ? "No counter shows that a rule, policy or queue here drops a packet now. "
            : "Nothing that can drop was found where DropMon looked. ")
            + $"Looked at, in this network namespace: {string.Join("; ", survey.Read)}.{translations} Not looked at: "
                + $"{string.Join("; ", unread)}.";
    }
}
