using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The memory that all sockets of a protocol use together, beside its limit.</summary>
internal sealed class SocketMemoryProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("PROTO_MEM", "TCP_OFO_QUEUE_PRUNE")
    {
        Functions =
        [
            "tcp_data_queue*", "tcp_prune_*", "tcp_drop*", "__udp_enqueue_schedule_skb", "udp_queue_rcv*", "__udp_queue_rcv*",
                "udpv6_queue_rcv*", "__udpv6_queue_rcv*",
        ],
    };

    private const string UsagePath = "/proc/net/sockstat";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (Machine.ReadFile(UsagePath, cancellationToken) is not { } usage)
        {
            yield return Unreadable(query, UsagePath);
            yield break;
        }

        foreach ((string protocol, string limitPath) in new[] { ("TCP", "/proc/sys/net/ipv4/tcp_mem"),
            ("UDP", "/proc/sys/net/ipv4/udp_mem") })
        {
            bool asked = query.Class is null || query.Class.ToString()!.Equals(protocol, StringComparison.OrdinalIgnoreCase)
                || query.Class is not (DropClass.Tcp or DropClass.Udp);
            if (!asked)
            {
                continue;
            }

            if (Used(usage, protocol) is not { } pages)
            {
                yield return Unreadable(query, UsagePath);
                continue;
            }

            if (Machine.ReadNumbers(limitPath) is not [_, long pressure, long most])
            {
                yield return Unreadable(query, limitPath);
                continue;
            }

            yield return Found(
                query,
                $"memory of all {protocol} sockets",
                $"They use {pages} pages now; {(protocol == "TCP" ? $"pressure begins at {pressure}, and " : "")}the limit is {most}.",
                string.Create(CultureInfo.InvariantCulture, $"{pages}/{most}"),
                pages >= (protocol == "TCP" ? pressure : most) ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                $"{UsagePath}, {limitPath}");
        }
    }

    // TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 238
    private static long? Used(string usage, string protocol)
    {
        string? line = usage.Split('\n').FirstOrDefault(text => text.StartsWith(protocol + ":", StringComparison.Ordinal));
        string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        int at = Array.IndexOf(words, "mem");
        return at >= 0 && at + 1 < words.Length && long.TryParse(
            words[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long pages) ? pages : null;
    }
}
