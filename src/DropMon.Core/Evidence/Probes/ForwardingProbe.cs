using System.Globalization;
using System.Net.Sockets;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Whether this host forwards, and which routes it has.</summary>
internal sealed class ForwardingProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new(
        "IP_INNOROUTES", "IP_INADDRERRORS", "IP_OUTNOROUTES", "IP_INVALID_DEST", "IP_LOCALNET")
    {
        Functions =
        [
            "ip_error", "ip_forward", "ip_rcv_finish*", "ip_list_rcv_finish", "ip_sublist_rcv*", "ip6_pkt_*", "ip6_forward",
                "__ip_queue_xmit", "ip_queue_xmit",
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

        RouteReading reading = tables.Route(destination);
        yield return reading switch
        {
            { Route: { } route } => Found(
                query,
                $"route to {destination}",
                "There is a route to it now. The packet's source, mark and VRF, which may choose another, were not considered.",
                Text(route),
                EvidenceVerdict.Neutral,
                RouteQuestion.Source),
            { IsMissing: true } => Found(query, $"route to {destination}", "There is no route to it.", reading.Problem,
                OfMissingRoute(query), RouteQuestion.Source),
            _ => Found(query, $"route to {destination}", $"The route was not found out: {reading.Problem}", reading.Problem,
                EvidenceVerdict.Neutral, RouteQuestion.Source),
        };
    }

    private string Text(KernelRoute route)
    {
        string device = route.Device == 0 ? "" : " dev "
            + $"{tables.Links().Rows.FirstOrDefault(link => link.Index == route.Device)?.SafeName ?? $"if{route.Device}"}";
        return $"{route.TypeName}{(route.Gateway is null ? "" : $" via {route.Gateway}")}{device} table {route.Table}";
    }

    // Other reasons are given whether there is a route or not.
    private static EvidenceVerdict OfMissingRoute(EvidenceQuery query) =>
        query.DecidingReason is "IP_INNOROUTES" or "IP_OUTNOROUTES" ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral;

    // What counts is the setting of the interface that the packet came in by (IN_DEV_FORWARD); the global one only sets them all.
    private static IEnumerable<(string Family, string Path)> Settings(EvidenceQuery query)
    {
        if (query.Class != DropClass.Ipv6 && query.DestinationAddress?.AddressFamily != AddressFamily.InterNetworkV6)
        {
            yield return ("IPv4", query.InterfaceName is { } name
                ? $"/proc/sys/net/ipv4/conf/{name}/forwarding" : "/proc/sys/net/ipv4/ip_forward");
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
                setting == 0 ? "With the current setting, packets for other hosts are dropped, not forwarded."
                    : "With the current setting, packets for other hosts are forwarded.",
                setting.ToString(CultureInfo.InvariantCulture),
                setting == 0 && family == "IPv4" && query is { DecidingReason: "IP_INADDRERRORS", InterfaceName: not null }
                    ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                path);
}
