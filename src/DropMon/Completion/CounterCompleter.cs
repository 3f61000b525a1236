using System.Management.Automation;
using DropMon.Completion;
using DropMon.Counters;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>Completes names of counters; the tooltip says what each counts.</summary>
public sealed class CounterCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        CounterKnowledge.Embedded.All
            .Where(counter => !NamePattern.IsPattern(counter.Name) && (word.Matches(counter.Name) || word.Matches(counter.Counter.Name)))
            .OrderBy(counter => counter.Name, StringComparer.Ordinal)
            .Select(counter => word.Offer(counter.Name, counter.Meaning));
}
