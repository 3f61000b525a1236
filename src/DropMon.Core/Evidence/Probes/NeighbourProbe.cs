using System.Globalization;
using System.Net;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Neighbour entries that failed or wait for an answer, and the limits of their table.</summary>
internal sealed class NeighbourProbe(IMachine machine, IKernelTables tables) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new(
        "NEIGH_CREATEFAIL", "NEIGH_FAILED", "NEIGH_QUEUEFULL", "NEIGH_DEAD", "NEIGH_HH_FILLFAIL")
    {
        Functions = ["arp_error_report", "ndisc_error_report", "__neigh_*", "neigh_*", "ip_finish_output2", "ip6_finish_output2"],
        Classes = [DropClass.Neighbour],
    };

    private const int MostEntries = 20;

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        TableReading<KernelNeighbour> reading = tables.Neighbours();
        IReadOnlyList<KernelLink> links = tables.Links().Rows;
        NamedNeighbour[] entries = [.. reading.Rows.Select(
            entry => new NamedNeighbour(entry, links.FirstOrDefault(link => link.Index == entry.Device)?.Name ?? $"if{entry.Device}"))];
        if (Unread(query, "neighbour table", reading) is { } unread)
        {
            yield return unread;
        }
        else
        {
            foreach (DropEvidence found in query.DecidingReason == "NEIGH_CREATEFAIL"
                ? TableLimits(query, entries) : Unresolved(query, entries))
            {
                yield return found;
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
    private IEnumerable<DropEvidence> QueueLimits(EvidenceQuery query, NamedNeighbour[] entries)
    {
        (string Family, string Device)[] queues =
        [
            .. entries.Where(entry => entry.Neighbour.IsUnresolved && query.Concerns(entry.Device))
                .Select(entry => (entry.Neighbour.IsIpv6 ? "ipv6" : "ipv4", entry.Device))
                .Distinct().Take(MostEntries),
        ];
        foreach ((string family, string device) in queues.Length > 0 ? queues : [("ipv4", query.InterfaceName ?? "default")])
        {
            string path = $"/proc/sys/net/{family}/neigh/{device}/unres_qlen_bytes";
            yield return Machine.ReadNumber(path) is { } bytes
                ? Found(
                    query,
                    $"unres_qlen_bytes of {device}",
                    $"Up to {bytes} bytes may wait for one neighbour's address.",
                    bytes.ToString(CultureInfo.InvariantCulture),
                    EvidenceVerdict.Neutral,
                    path)
                : Unreadable(query, path);
        }
    }

    private IEnumerable<DropEvidence> Unresolved(EvidenceQuery query, NamedNeighbour[] entries)
    {
        IPAddress? nextHop = query.DestinationAddress is { } destination ? tables.Route(destination).Route?.Gateway ?? destination : null;
        int found = 0;
        foreach ((KernelNeighbour neighbour, string device) in entries)
        {
            bool isAsked = nextHop is null ? neighbour.IsUnresolved && query.Concerns(device) : Same(nextHop, neighbour.Address);
            if (found < MostEntries && isAsked)
            {
                found++;
                string state = neighbour.StateName;
                yield return Found(
                    query,
                    $"neighbour {neighbour.Address} on {device}",
                    neighbour.IsUnresolved ? $"It does not answer: its entry is {state}." : $"Its entry is {state} now.",
                    state,
                    neighbour.IsUnresolved ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                    NeighbourTable.Source);
            }
        }

        if (found == 0)
        {
            yield return nextHop is null
                ? Found(
                    query,
                    "neighbour table",
                    "No entry has failed or waits for an answer now in this network namespace; failed ones are soon removed.",
                    null,
                    EvidenceVerdict.Neutral,
                    NeighbourTable.Source)
                : Found(query, $"neighbour {nextHop}", "It has no entry now in this network namespace.", null, EvidenceVerdict.Neutral,
                    NeighbourTable.Source);
        }
    }

    private IEnumerable<DropEvidence> TableLimits(EvidenceQuery query, NamedNeighbour[] entries)
    {
        foreach (string family in new[] { "ipv4", "ipv6" })
        {
            string path = $"/proc/sys/net/{family}/neigh/default/gc_thresh3";
            int count = entries.Count(entry => entry.Neighbour.IsIpv6 == (family == "ipv6"));
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

    // The scope of a link-local address is not part of it.
    private static bool Same(IPAddress one, IPAddress other) => one.GetAddressBytes().AsSpan().SequenceEqual(other.GetAddressBytes());

    private sealed record NamedNeighbour(KernelNeighbour Neighbour, string Device);
}
