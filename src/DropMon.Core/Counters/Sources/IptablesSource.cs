using DropMon.Machine;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Rules and policies of the old iptables that drop or reject. The tools are run only where such tables are in use.</summary>
internal sealed class IptablesSource(IMachine machine) : IDropCounterSource
{
    private static readonly (string Tool, string Tables)[] Versions =
    [
        ("iptables-legacy-save", "ip_tables_names"),
        ("ip6tables-legacy-save", "ip6_tables_names"),
    ];

    public string Name => "iptables";

    public IEnumerable<CounterReading> Read()
    {
        foreach ((string tool, string tables) in Versions)
        {
            if (string.IsNullOrWhiteSpace(machine.ReadFile($"{ProcNet.Folder}/{tables}")))
            {
                continue;
            }

            ToolResult result = machine.Run(tool, ["-c"], CancellationToken.None);
            if (result.Outcome != ToolOutcome.Succeeded)
            {
                throw new CounterSourceException(
                    result.Outcome == ToolOutcome.Missing ? DropMonErrorKind.NotFound : DropMonErrorKind.Unspecified,
                    $"Tables of iptables are in use here, but {tool} {(result.Outcome == ToolOutcome.Missing ? "is not installed" : $"failed: {result.Error}")}.",
                    result.Outcome == ToolOutcome.Missing ? "apt-get install iptables" : $"{tool} -c");
            }

            foreach (CounterReading reading in Parse(result.Output))
            {
                yield return reading;
            }
        }
    }

    internal static IEnumerable<CounterReading> Parse(string output)
    {
        string table = "";
        foreach (string line in output.Split('\n'))
        {
            if (line.StartsWith('*'))
            {
                table = line[1..];
            }
            else if (line.StartsWith(':') && ProcNet.Words(line[1..]) is [string chain, "DROP", string counts] && TryParseCount(counts, out long dropped))
            {
                // :INPUT DROP [42:3528]
                yield return new CounterReading(new CounterName("Iptables", "policy_DROP"), dropped) { Instance = SafeText.Escape($"chain {table} {chain}") };
            }
            else if (line.StartsWith('[') && Target(line) is { } target && TryParseCount(line, out long packets))
            {
                // [42:3528] -A INPUT -p icmp -j DROP
                yield return new CounterReading(new CounterName("Iptables", target), packets) { Instance = SafeText.Escape($"{table}{line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..]}") };
            }
        }
    }

    private static string? Target(string line)
    {
        string[] words = ProcNet.Words(line);
        int jump = Array.IndexOf(words, "-j");
        return jump >= 0 && jump + 1 < words.Length && words[jump + 1] is "DROP" or "REJECT" ? words[jump + 1] : null;
    }

    private static bool TryParseCount(string text, out long packets)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        packets = 0;
        return colon > 1 && text[0] == '[' && text.Contains(']', StringComparison.Ordinal) && ProcNet.TryParse(text[1..colon], out packets);
    }
}
