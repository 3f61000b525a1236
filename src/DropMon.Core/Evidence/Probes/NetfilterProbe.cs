using System.Globalization;
using System.Text.Json;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>Rules and policies of nftables that drop packets, with their counters; iptables' old tables too.</summary>
internal sealed class NetfilterProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("NETFILTER_DROP")
    {
        Functions = ["nf_*", "nfqnl_*", "__nfqnl_*"],
        Classes = [DropClass.Netfilter],
    };

    private static readonly string[] Arguments = ["-j", "list", "ruleset"];

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        int found = 0;
        using (JsonDocument? ruleset = RunJson(query, "nft", Arguments, cancellationToken, out DropEvidence? excuse))
        {
            if (excuse is not null)
            {
                yield return excuse;
            }

            foreach (JsonElement item in (ruleset?.RootElement.Property("nftables")).Items())
            {
                if (Describe(query, item) is { } evidence)
                {
                    found++;
                    yield return evidence;
                }
            }
        }

        foreach (DropEvidence evidence in LegacyRules(query, cancellationToken))
        {
            found += evidence.Verdict == EvidenceVerdict.Neutral ? 0 : 1;
            yield return evidence;
        }

        if (found == 0)
        {
            yield return Found(query, "netfilter", "No rule or policy that drops packets was found in this network namespace.", null, EvidenceVerdict.Contradicts, CommandLine("nft", Arguments));
        }
    }

    private static DropEvidence? Describe(EvidenceQuery query, JsonElement item)
    {
        if (item.Property("chain") is { } chain && chain.Text("policy") == "drop")
        {
            return Found(query, $"chain {Name(chain, "name")}", "Its policy is drop: whatever no rule accepts is dropped.", "policy drop", EvidenceVerdict.Confirms, CommandLine("nft", Arguments));
        }

        if (item.Property("rule") is not { } rule || Verdict(rule) is not { } verdict)
        {
            return null;
        }

        long? packets = rule.Property("expr").Items().Select(expression => expression.Property("counter")?.Number("packets")).FirstOrDefault(count => count is not null);
        return Found(
            query,
            $"rule {rule.Number("handle")} of {Name(rule, "chain")}",
            packets switch
            {
                null => $"Its verdict is {verdict}, and it has no counter to tell how often.",
                0 => $"Its verdict is {verdict}, but no packet has met it yet.",
                _ => $"Its verdict is {verdict}, and {packets} packets have met it.",
            },
            packets?.ToString(CultureInfo.InvariantCulture),
            packets switch { null => EvidenceVerdict.Neutral, 0 => EvidenceVerdict.Contradicts, _ => EvidenceVerdict.Confirms },
            CommandLine("nft", Arguments));
    }

    private static string Name(JsonElement element, string property) => $"{element.Text("family")} {element.Text("table")} {element.Text(property)}";

    /// <summary>drop, reject, or an iptables target of that kind (a rule that iptables-nft wrote).</summary>
    private static string? Verdict(JsonElement rule)
    {
        foreach (JsonElement expression in rule.Property("expr").Items())
        {
            if (expression.Property("drop") is not null)
            {
                return "drop";
            }

            if (expression.Property("reject") is not null)
            {
                return "reject";
            }

            if (expression.Property("queue") is not null)
            {
                return "queue";
            }

            if (expression.Property("xt")?.Text("name") is "DROP" or "REJECT" or "NFQUEUE")
            {
                return expression.Property("xt")?.Text("name");
            }
        }

        return null;
    }

    private IEnumerable<DropEvidence> LegacyRules(EvidenceQuery query, CancellationToken cancellationToken)
    {
        foreach (string tool in new[] { "iptables-legacy-save", "ip6tables-legacy-save" })
        {
            // Not installed is the rule today, and no finding.
            ToolResult result = Machine.Run(tool, ["-c"], cancellationToken);
            foreach (string line in result.Output.Split('\n').Where(IsDrop))
            {
                // [42:3528] -A INPUT -p icmp -j DROP
                int close = line.IndexOf(']', StringComparison.Ordinal);
                string packets = line[1..close].Split(':')[0];
                yield return Found(
                    query,
                    $"rule {line[(close + 1)..].Trim()}",
                    $"It drops, and {packets} packets have met it.",
                    packets,
                    packets == "0" ? EvidenceVerdict.Contradicts : EvidenceVerdict.Confirms,
                    CommandLine(tool, "-c"));
            }
        }
    }

    private static bool IsDrop(string line) =>
        line.StartsWith('[')
        && line.Contains(']', StringComparison.Ordinal)
        && (line.Contains("-j DROP", StringComparison.Ordinal) || line.Contains("-j REJECT", StringComparison.Ordinal));
}
