using System.Globalization;
using System.Text.Json;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Interfaces that are promiscuous, down, or have an XDP program.</summary>
internal sealed class LinkProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("OTHERHOST", "XDP", "DEV_READY", "FULL_RING")
    {
        Functions =
        [
            "ip_rcv", "ip_rcv_core", "ip_list_rcv", "ipv6_rcv", "ip6_rcv_core", "ipv6_list_rcv", "do_xdp_generic", "netif_receive_generic_xdp", "bpf_prog_run_generic_xdp",
            "tun_net_xmit", "tun_get_user", "tap_handle_frame", "tap_get_user",
        ],
    };

    private static readonly string[] Arguments = ["-j", "-d", "link", "show"];

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        using JsonDocument? links = RunJson(query, "ip", Arguments, cancellationToken, out DropEvidence? excuse);
        if (excuse is not null)
        {
            yield return excuse;
            yield break;
        }

        int found = 0;
        foreach (JsonElement link in ((JsonElement?)links?.RootElement).Items().Where(link => query.Concerns(link.Text("ifname") ?? "")))
        {
            if (Describe(query, link) is { } evidence)
            {
                found++;
                yield return evidence;
            }
        }

        if (found == 0)
        {
            yield return Found(query, query.InterfaceName ?? "interfaces", "Nothing on them explains it now.", null, EvidenceVerdict.Neutral, CommandLine("ip", Arguments));
        }
    }

    private static DropEvidence? Describe(EvidenceQuery query, JsonElement link)
    {
        string name = link.Text("ifname") ?? "?";
        string state = link.Text("operstate") ?? "?";
        long promiscuity = link.Number("promiscuity") ?? 0;
        bool up = link.Property("flags").Items().Any(flag => flag.GetString() == "UP");
        return query.Reason switch
        {
            "OTHERHOST" when promiscuity > 0 => Found(
                query, name, $"It is promiscuous: {promiscuity} users want frames for others.", promiscuity.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Confirms, CommandLine("ip", Arguments)),
            "XDP" when link.Property("xdp") is { } xdp => Found(
                query, name, "An XDP program runs on it.", xdp.Property("prog")?.Number("id")?.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Confirms, CommandLine("ip", Arguments)),
            "DEV_READY" or "FULL_RING" when !up => Found(
                query, name, $"It is down ({state}).", state, EvidenceVerdict.Confirms, CommandLine("ip", Arguments)),
            "DEV_READY" or "FULL_RING" when query.InterfaceName is not null => Found(
                query, name, $"It is up ({state}).", state, EvidenceVerdict.Neutral, CommandLine("ip", Arguments)),
            _ => null,
        };
    }
}
