using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Reasons;

namespace DropMon.Commands;

/// <summary>Completes names of functions that drop packets: those that this session's monitor has seen, most drops first, then those that DropMon knows.</summary>
public sealed class FunctionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        Dictionary<string, long> seen = CountSeen();
        IEnumerable<CompletionResult> ofMonitor = seen.OrderByDescending(function => function.Value)
            .Select(function => Result(function.Key, $"{function.Value} packets dropped"));
        IEnumerable<CompletionResult> known = DropKnowledge.Embedded.Functions
            .SelectMany(entry => entry.Functions.Select(name => (Name: name, entry.Meaning)))
            .Where(function => !NamePattern.IsPattern(function.Name) && !seen.ContainsKey(function.Name))
            .DistinctBy(function => function.Name)
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .Select(function => Result(function.Name, function.Meaning ?? function.Name));
        return ofMonitor.Concat(known).Where(result => result.CompletionText.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase));
    }

    private static CompletionResult Result(string name, string tip) => new(name, name, CompletionResultType.ParameterValue, tip);

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
