using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Interfaces that are promiscuous, down, or have an XDP program; and whose the frame's address and VLAN are.</summary>
internal sealed class LinkProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("OTHERHOST", "XDP", "DEV_READY", "FULL_RING", "UNHANDLED_PROTO")
    {
        Functions =
        [
            "ip_rcv", "ip_rcv_core", "ip_list_rcv", "ipv6_rcv", "ip6_rcv_core", "ipv6_list_rcv", "do_xdp_generic",
                "netif_receive_generic_xdp", "bpf_prog_run_generic_xdp",
            "tun_net_xmit", "tun_get_user", "tap_handle_frame", "tap_get_user", VlanInput, "vlan_dev_hard_start_xmit", "veth_*",
            "__dev_forward_skb*", "__netif_receive_skb*", "netif_receive_skb*",
        ],
    };

    // It drops for a VLAN device that is down, and for nothing else (net/8021q/vlan_core.c).
    private const string VlanInput = "vlan_do_receive";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        TableReading<KernelLink> links = tables.Links();
        if (Unread(query, "interfaces", links) is { } unread)
        {
            yield return unread;
            yield break;
        }

        DropEvidence[] found =
        [
            .. FrameAddress.Examine(query, links.Rows, IsAbout(query, "OTHERHOST")),
            .. links.Rows.Where(link => query.Concerns(link.Name)).Select(link => Describe(query, link, links.Rows))
                .OfType<DropEvidence>(),
        ];
        foreach (DropEvidence evidence in found)
        {
            yield return evidence;
        }

        if (found.Length == 0)
        {
            yield return Found(
                query,
                query.InterfaceName ?? "interfaces",
                query.InterfaceName is null || links.Rows.Any(link => link.Name == query.InterfaceName)
                    ? "None of their settings explains it now. Other network namespaces were not looked at."
                    : "There is no such interface in this network namespace now.",
                null,
                EvidenceVerdict.Neutral,
                LinkTable.Source);
        }
    }

    // Without a reason that says why, every cause that the function may stand for is worth the look.
    private static bool IsAbout(EvidenceQuery query, params string[] reasons) => query.DecidingReason is not { } reason
        || reasons.Contains(reason);

    private static DropEvidence? Describe(EvidenceQuery query, KernelLink link, IReadOnlyList<KernelLink> links)
    {
        if (link.Promiscuity > 0 && IsAbout(query, "OTHERHOST"))
        {
            return Found(
                query,
                link.Name,
                $"It is promiscuous: {link.Promiscuity} users want frames for others.",
                link.Promiscuity.ToString(CultureInfo.InvariantCulture),
                IsForeign(query, links) ? Verdict(query) : EvidenceVerdict.Neutral,
                LinkTable.Source);
        }

        if (link.XdpProgram is { } program && IsAbout(query, "XDP"))
        {
            return Found(
                query, link.Name, "An XDP program is on it; what it drops is not known here.",
                    program.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Neutral, LinkTable.Source);
        }

        if (link.IsBackupPort && IsAbout(query, "UNHANDLED_PROTO"))
        {
            string bond = links.FirstOrDefault(other => other.Index == link.Master)?.SafeName ?? "a bond";
            return Found(
                query, link.Name, $"It is a member of {bond} and not the active one now: it takes nothing for {bond}, and what comes by it "
                    + "is dropped (Device.rx_nohandler).", "backup",
                query.InterfaceName is null ? EvidenceVerdict.Neutral : Verdict(query), LinkTable.Source);
        }

        return IsAbout(query, "DEV_READY", "FULL_RING") && (!link.IsUp || query.InterfaceName is not null)
            ? Found(query, link.Name, StateOf(link), link.IsUp ? "up" : "down",
                link.IsUp ? EvidenceVerdict.Neutral : OfDownDevice(query), LinkTable.Source)
            : null;
    }

    private static string StateOf(KernelLink link) => link switch
    {
        { IsUp: false } => "It is down now.",
        { HasCarrier: false } => "It is up now and has no carrier.",
        _ => "It is up now.",
    };

    // A frame for an address that an interface here has was dropped for something else.
    private static bool IsForeign(EvidenceQuery query, IReadOnlyList<KernelLink> links) =>
        query is { InterfaceName: not null, DestinationMac: { } address } && !links.Any(link => link.Address == address);

    // Which device dropped the packet is known only by its name.
    private static EvidenceVerdict OfDownDevice(EvidenceQuery query) => query.InterfaceName is not null
        && (query.DecidingReason is not null || query.Function?.StartsWith(VlanInput, StringComparison.Ordinal) == true)
            ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral;

    // A function alone may stand for causes that have nothing to do with the setting.
    private static EvidenceVerdict Verdict(EvidenceQuery query) => query.DecidingReason is null
        ? EvidenceVerdict.Neutral : EvidenceVerdict.Confirms;
}
