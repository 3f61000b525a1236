using System.Globalization;
using System.Text.Json;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The reverse path filter of the interfaces, and the way back to the sender.</summary>
internal sealed class ReversePathProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("IP_RPFILTER") { Functions = ["ip_rcv_finish*", "ip_list_rcv_finish", "ip_sublist_rcv*"] };

    private const string ConfigurationPath = "/proc/sys/net/ipv4/conf";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        long? common = Setting("all");
        if (common is null)
        {
            yield return Unreadable(query, PathOf("all"));
        }

        foreach (string name in Machine.ListDirectory(ConfigurationPath).Where(name => name is not ("all" or "default") && query.Concerns(name)).Order(StringComparer.Ordinal))
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
            yield return WayBack(query, sender.ToString(), cancellationToken);
        }
    }

    private static string PathOf(string name) => $"{ConfigurationPath}/{name}/rp_filter";

    private long? Setting(string name) => Machine.ReadNumber(PathOf(name));

    private DropEvidence WayBack(EvidenceQuery query, string sender, CancellationToken cancellationToken)
    {
        string[] arguments = ["-j", "route", "get", sender];
        if (Machine.Run("ip", arguments, cancellationToken) is { Outcome: ToolOutcome.Failed } failed && RouteError.SaysNoRoute(failed.Error))
        {
            return Found(query, $"route to {sender}", $"There is no route back to {sender}.", failed.Error, EvidenceVerdict.Confirms, CommandLine("ip", arguments));
        }

        using JsonDocument? routes = RunJson(query, "ip", arguments, cancellationToken, out DropEvidence? excuse);
        if (((JsonElement?)routes?.RootElement).Items().FirstOrDefault().Text("dev") is not { } device)
        {
            return excuse ?? Found(query, $"route to {sender}", "The route back names no device.", null, EvidenceVerdict.Neutral, CommandLine("ip", arguments));
        }

        bool other = query.InterfaceName is not null && query.InterfaceName != device;
        // The lookup is without the packet's mark and without its device as the kernel's own has them.
        return Found(
            query,
            $"route to {sender}",
            other ? $"Replies would leave by {device}, not by {query.InterfaceName}." : $"Replies would leave by {device}.",
            device,
            other && query.DecidingReason is not null ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            CommandLine("ip", arguments));
    }
}
