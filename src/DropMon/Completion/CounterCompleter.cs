using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Counters;
using DropMon.Reasons;

namespace DropMon.Commands;

/// <summary>Completes names of counters; the tooltip says what each counts.</summary>
public sealed class CounterCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CounterKnowledge.Embedded.All
            .Where(counter => !NamePattern.IsPattern(counter.Name)
                && (counter.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase) || counter.Counter.Name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(counter => counter.Name, StringComparer.Ordinal)
            .Select(counter => new CompletionResult(counter.Name, counter.Name, CompletionResultType.ParameterValue, counter.Meaning ?? counter.Name));
}
