using System.Globalization;

namespace DropMon.Evidence;

/// <summary>Whether this host forwards, and which routes it has.</summary>
internal sealed class ForwardingProbe(IMachine machine)
    : EvidenceProbe(machine, "IP_INNOROUTES", "IP_INADDRERRORS", "IP_OUTNOROUTES", "IP_INVALID_DEST", "IP_LOCALNET")
{
    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (query.Reason != "IP_OUTNOROUTES")
        {
            yield return Forwarding(query, "IPv4", "/proc/sys/net/ipv4/ip_forward");
            yield return Forwarding(query, "IPv6", "/proc/sys/net/ipv6/conf/all/forwarding");
        }

        if (query.DestinationAddress is not { } destination)
        {
            yield break;
        }

        string[] arguments = ["route", "get", destination.ToString()];
        ToolResult route = Machine.Run("ip", arguments, cancellationToken);
        yield return route.Outcome switch
        {
            ToolOutcome.Succeeded => Found(query, $"route to {destination}", "There is a route to it now.", route.Output.Split('\n')[0].Trim(), EvidenceVerdict.Contradicts, CommandLine("ip", arguments)),
            ToolOutcome.Failed => Found(query, $"route to {destination}", "There is no route to it.", route.Error, EvidenceVerdict.Confirms, CommandLine("ip", arguments)),
            _ => Found(query, $"route to {destination}", "The route could not be looked up: ip is not installed or did not end in time.", null, EvidenceVerdict.Neutral, CommandLine("ip", arguments)),
        };
    }

    private DropEvidence Forwarding(EvidenceQuery query, string family, string path) =>
        Machine.ReadNumber(path) is not { } setting
            ? Unreadable(query, path)
            : Found(
                query,
                $"{family} forwarding",
                setting == 0 ? "This host does not forward: packets for others are dropped." : "This host forwards.",
                setting.ToString(CultureInfo.InvariantCulture),
                setting == 0 ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                path);
}
