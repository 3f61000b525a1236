using System.Globalization;
using System.Text.Json;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Neighbour entries that failed or wait for an answer, and the limits of their table.</summary>
internal sealed class NeighbourProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("NEIGH_CREATEFAIL", "NEIGH_FAILED", "NEIGH_QUEUEFULL", "NEIGH_DEAD", "NEIGH_HH_FILLFAIL")
    {
        Functions = ["arp_error_report", "ndisc_error_report", "__neigh_*", "neigh_*", "ip_finish_output2", "ip6_finish_output2"],
        Classes = [DropClass.Neighbour],
    };

    private const int MostEntries = 20;
    private static readonly string[] Arguments = ["-j", "neigh", "show"];

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        using JsonDocument? table = RunJson(query, "ip", Arguments, cancellationToken, out DropEvidence? excuse);
        List<JsonElement> entries = [.. ((JsonElement?)table?.RootElement).Items()];
        if (excuse is not null)
        {
            yield return excuse;
        }
        else if (query.DecidingReason == "NEIGH_CREATEFAIL")
        {
            foreach (DropEvidence limit in TableLimits(query, entries))
            {
                yield return limit;
            }
        }
        else
        {
            foreach (DropEvidence neighbour in Unresolved(query, entries, cancellationToken))
            {
                yield return neighbour;
            }
        }

        if (query.DecidingReason == "NEIGH_QUEUEFULL")
        {
            foreach (DropEvidence limit in QueueLimits(query, entries))
            {
                yield return limit;
            }
        }
    }

    // Each interface has a limit of its own; the default exists in the first network namespace only.
    private IEnumerable<DropEvidence> QueueLimits(EvidenceQuery query, List<JsonElement> entries)
    {
        (string Family, string Device)[] queues =
        [
            .. entries.Where(entry => IsUnresolved(StateOf(entry)) && query.Concerns(entry.Text("dev") ?? ""))
                .Select(entry => (entry.Text("dst")?.Contains(':', StringComparison.Ordinal) == true ? "ipv6" : "ipv4", entry.Text("dev") ?? ""))
                .Distinct().Take(MostEntries),
        ];
        foreach ((string family, string device) in queues.Length > 0 ? queues : [("ipv4", query.InterfaceName ?? "default")])
        {
            string path = $"/proc/sys/net/{family}/neigh/{device}/unres_qlen_bytes";
            yield return Machine.ReadNumber(path) is { } bytes
                ? Found(query, $"unres_qlen_bytes of {device}", $"Up to {bytes} bytes may wait for one neighbour's address.", bytes.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Neutral, path)
                : Unreadable(query, path);
        }
    }

    private static string StateOf(JsonElement entry) => string.Join(' ', entry.Property("state").Items().Select(item => item.GetString()));

    private static bool IsUnresolved(string state) => state is "FAILED" or "INCOMPLETE";

    private IEnumerable<DropEvidence> Unresolved(EvidenceQuery query, List<JsonElement> entries, CancellationToken cancellationToken)
    {
        string? nextHop = query.DestinationAddress is { } destination ? NextHop(query, destination.ToString(), cancellationToken) : null;
        int found = 0;
        foreach (JsonElement entry in entries)
        {
            string address = entry.Text("dst") ?? "?";
            string device = entry.Text("dev") ?? "?";
            string state = StateOf(entry);
            bool unresolved = IsUnresolved(state);
            if (found < MostEntries && (nextHop is null ? unresolved && query.Concerns(device) : nextHop == address))
            {
                found++;
                yield return Found(
                    query,
                    $"neighbour {address} on {device}",
                    unresolved ? $"It does not answer: its entry is {state}." : $"Its entry is {state} now.",
                    state,
                    unresolved ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                    CommandLine("ip", Arguments));
            }
        }

        if (found == 0)
        {
            yield return nextHop is null
                ? Found(query, "neighbour table", "No entry has failed or waits for an answer now in this network namespace; failed ones are soon removed.", null, EvidenceVerdict.Neutral, CommandLine("ip", Arguments))
                : Found(query, $"neighbour {nextHop}", "It has no entry now in this network namespace.", null, EvidenceVerdict.Neutral, CommandLine("ip", Arguments));
        }
    }

    private string? NextHop(EvidenceQuery query, string destination, CancellationToken cancellationToken)
    {
        using JsonDocument? routes = RunJson(query, "ip", ["-j", "route", "get", destination], cancellationToken, out _);
        return ((JsonElement?)routes?.RootElement).Items().FirstOrDefault().Text("gateway") ?? destination;
    }

    private IEnumerable<DropEvidence> TableLimits(EvidenceQuery query, List<JsonElement> entries)
    {
        foreach (string family in new[] { "ipv4", "ipv6" })
        {
            string path = $"/proc/sys/net/{family}/neigh/default/gc_thresh3";
            int count = entries.Count(entry => entry.Text("dst")?.Contains(':', StringComparison.Ordinal) == (family == "ipv6"));
            yield return Machine.ReadNumber(path) is not { } most
                ? Unreadable(query, path)
                : Found(
                    query,
                    $"{family} neighbour table",
                    $"It may hold {most} entries of all network namespaces; this one has {count} now.",
                    string.Create(CultureInfo.InvariantCulture, $"{count}/{most}"),
                    count >= most ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                    path);
        }
    }
}
