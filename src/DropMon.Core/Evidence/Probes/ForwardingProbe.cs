using System.Globalization;
using System.Net.Sockets;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Whether this host forwards, and which routes it has.</summary>
internal sealed class ForwardingProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("IP_INNOROUTES", "IP_INADDRERRORS", "IP_OUTNOROUTES", "IP_INVALID_DEST", "IP_LOCALNET")
    {
        Functions =
        [
            "ip_error", "ip_forward", "ip_rcv_finish*", "ip_list_rcv_finish", "ip_sublist_rcv*", "ip6_pkt_*", "ip6_forward", "__ip_queue_xmit", "ip_queue_xmit",
        ],
    };

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (query.Reason != "IP_OUTNOROUTES")
        {
            foreach ((string family, string path) in Settings(query))
            {
                yield return Forwarding(query, family, path);
            }
        }

        if (query.DestinationAddress is not { } destination)
        {
            yield break;
        }

        string[] arguments = ["route", "get", destination.ToString()];
        ToolResult route = Machine.Run("ip", arguments, cancellationToken);
        yield return route.Outcome switch
        {
            ToolOutcome.Succeeded => Found(
                query,
                $"route to {destination}",
                "There is a route to it now. The packet's source, mark and VRF, which may choose another, were not considered.",
                route.Output.Split('\n')[0].Trim(),
                EvidenceVerdict.Neutral,
                CommandLine("ip", arguments)),
            ToolOutcome.Failed when RouteError.SaysNoRoute(route.Error) => Found(
                query, $"route to {destination}", "There is no route to it.", route.Error, OfMissingRoute(query), CommandLine("ip", arguments)),
            ToolOutcome.Failed => Found(query, $"route to {destination}", $"The route was not found out: {route.Error}.", route.Error, EvidenceVerdict.Neutral, CommandLine("ip", arguments)),
            _ => Found(query, $"route to {destination}", "The route could not be looked up: ip is not installed or did not end in time.", null, EvidenceVerdict.Neutral, CommandLine("ip", arguments)),
        };
    }

    // Other reasons are given whether there is a route or not.
    private static EvidenceVerdict OfMissingRoute(EvidenceQuery query) =>
        query.DecidingReason is "IP_INNOROUTES" or "IP_OUTNOROUTES" ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral;

    // What counts is the setting of the interface that the packet came in by (IN_DEV_FORWARD); the global one only sets them all.
    private static IEnumerable<(string Family, string Path)> Settings(EvidenceQuery query)
    {
        if (query.Class != DropClass.Ipv6 && query.DestinationAddress?.AddressFamily != AddressFamily.InterNetworkV6)
        {
            yield return ("IPv4", query.InterfaceName is { } name ? $"/proc/sys/net/ipv4/conf/{name}/forwarding" : "/proc/sys/net/ipv4/ip_forward");
        }

        if (query.Class != DropClass.Ipv4 && query.DestinationAddress?.AddressFamily != AddressFamily.InterNetwork)
        {
            yield return ("IPv6", $"/proc/sys/net/ipv6/conf/{query.InterfaceName ?? "all"}/forwarding");
        }
    }

    private DropEvidence Forwarding(EvidenceQuery query, string family, string path) =>
        Machine.ReadNumber(path) is not { } setting
            ? Unreadable(query, path)
            : Found(
                query,
                query.InterfaceName is { } name ? $"{family} forwarding of {name}" : $"{family} forwarding",
                setting == 0 ? "What comes in for others is not forwarded but dropped, as it is set now." : "What comes in for others is forwarded, as it is set now.",
                setting.ToString(CultureInfo.InvariantCulture),
                setting == 0 && query.DecidingReason == "IP_INADDRERRORS" ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                path);
}
