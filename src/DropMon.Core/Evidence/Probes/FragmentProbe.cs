using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The memory that incomplete packets take, beside its limit, and how long they may wait.</summary>
internal sealed class FragmentProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("FRAG_REASM_TIMEOUT", "FRAG_TOO_FAR", "DUP_FRAG")
    {
        Functions = ["ip_expire", "ip_frag_*", "ip_defrag", "inet_frag_*", "ip6frag_*", "ip6_frag_*", "ipv6_frag_rcv", "nf_ct_frag6_*"],
    };

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        yield return Memory(query, "IPv4", "/proc/net/sockstat", "FRAG:", "/proc/sys/net/ipv4/ipfrag_high_thresh");
        yield return Memory(query, "IPv6", "/proc/net/sockstat6", "FRAG6:", "/proc/sys/net/ipv6/ip6frag_high_thresh");
        foreach (string path in new[] { "/proc/sys/net/ipv4/ipfrag_time", "/proc/sys/net/ipv6/ip6frag_time" })
        {
            if (Machine.ReadNumber(path) is { } seconds)
            {
                yield return Found(query, Path.GetFileName(path), $"Fragments wait {seconds} seconds for the rest.",
                    seconds.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Neutral, path);
            }
        }
    }

    private DropEvidence Memory(EvidenceQuery query, string family, string usagePath, string label, string limitPath)
    {
        // FRAG: inuse 0 memory 0
        string? line = Machine.ReadFile(usagePath)?.Split('\n').FirstOrDefault(text => text.StartsWith(label, StringComparison.Ordinal));
        if (line?.Split(' ') is not [_, "inuse", string queues, "memory", string memory]
            || !long.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out long used)
            || Machine.ReadNumber(limitPath) is not { } limit)
        {
            return Unreadable(query, usagePath);
        }

        return Found(
            query,
            $"{family} reassembly",
            $"{queues} incomplete packets take {used} bytes now in this network namespace; the limit is {limit}.",
            string.Create(CultureInfo.InvariantCulture, $"{used}/{limit}"),
            limit > 0 && used >= limit ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            $"{usagePath}, {limitPath}");
    }
}
