using System.Management.Automation;
using DropMon.Completion;
using DropMon.Monitoring;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>
/// Completes names of functions that drop packets: those that this session's monitor has seen, most drops first, then those that DropMon
/// knows.
/// </summary>
public sealed class FunctionCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) => CompleteFunctions(word);

    internal static IEnumerable<CompletionResult> CompleteFunctions(CompletionWord word)
    {
        Dictionary<string, long> seen = CountSeen();
        IEnumerable<CompletionResult> ofMonitor = seen.Where(function => word.Matches(function.Key))
            .OrderByDescending(function => function.Value)
            .Select(function => word.Offer(function.Key, $"{function.Value} packets dropped"));
        IEnumerable<CompletionResult> known = DropKnowledge.Embedded.Functions
            .SelectMany(entry => entry.Functions.Select(name => (Name: name, entry.Meaning)))
            .Where(function => !NamePattern.IsPattern(function.Name) && word.Matches(function.Name) && !seen.ContainsKey(function.Name))
            .DistinctBy(function => function.Name)
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .Select(function => word.Offer(function.Name, function.Meaning));
        return ofMonitor.Concat(known);
    }

    private static Dictionary<string, long> CountSeen()
    {
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (DropAlert alert in SessionMonitor.OfThisSession()?.Monitor.Snapshot() ?? [])
        {
            if (alert.Function is { } name)
            {
                seen[name] = seen.GetValueOrDefault(name) + alert.Count;
            }
        }

        return seen;
    }
}
