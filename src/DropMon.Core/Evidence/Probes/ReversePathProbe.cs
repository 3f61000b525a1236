using System.Globalization;
using System.Net;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The reverse path filter of the interfaces, and the way back to the sender.</summary>
internal sealed class ReversePathProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new(
        "IP_RPFILTER")
    { Functions = ["ip_rcv_finish*", "ip_list_rcv_finish", "ip_sublist_rcv*"] };

    private const string ConfigurationPath = "/proc/sys/net/ipv4/conf";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        long? common = Setting("all");
        if (common is null)
        {
            yield return Unreadable(query, PathOf("all"));
        }

        foreach (string name in Machine.ListDirectory(ConfigurationPath)
            .Where(name => name is not ("all" or "default") && query.Concerns(name)).Order(StringComparer.Ordinal))
        {
            if (Setting(name) is not { } own || common is null)
            {
                yield return Unreadable(query, PathOf(name));
                continue;
            }

            // IN_DEV_RPFILTER: the larger of the two counts.
            long effective = Math.Max(common.Value, own);
            yield return Found(
                query,
                $"rp_filter of {name}",
                effective switch
                {
                    0 => "The reverse path filter is off now.",
                    1 => "The reverse path filter is strict: replies must leave by this interface.",
                    _ => "The reverse path filter is loose: the sender must be reachable by any interface.",
                },
                string.Create(CultureInfo.InvariantCulture, $"all={common} {name}={own}"),
                EvidenceVerdict.Neutral,
                PathOf(name));
        }

        if (query.SourceAddress is { } sender)
        {
            yield return WayBack(query, sender);
        }
    }

    private static string PathOf(string name) => $"{ConfigurationPath}/{name}/rp_filter";

    private long? Setting(string name) => Machine.ReadNumber(PathOf(name));

    private DropEvidence WayBack(EvidenceQuery query, IPAddress sender)
    {
        string subject = $"route to {sender}";
        RouteReading reading = tables.Route(sender);
        if (reading.IsMissing)
        {
            return Found(query, subject, $"There is no route back to {sender}.", reading.Problem, EvidenceVerdict.Confirms,
                RouteQuestion.Source);
        }

        if (reading.Route is not { } route)
        {
            return Found(query, subject, $"The route was not found out: {reading.Problem}", reading.Problem, EvidenceVerdict.Neutral,
                RouteQuestion.Source);
        }

        if (tables.Links().Rows.FirstOrDefault(link => link.Index == route.Device) is not { } device)
        {
            return Found(query, subject, "The route back names no device.", route.TypeName, EvidenceVerdict.Neutral, RouteQuestion.Source);
        }

        bool other = query.InterfaceName is not null && query.InterfaceName != device.Name;
        // The lookup is without the packet's mark and without its device as the kernel's own has them.
        return Found(
            query,
            subject,
            other ? $"Replies would leave by {device.Name}, not by {query.InterfaceName}." : $"Replies would leave by {device.Name}.",
            device.Name,
            other && query.DecidingReason is not null ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            RouteQuestion.Source);
    }
}
