using System.Management.Automation;
using DropMon.Completion;
using DropMon.Machine;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>Completes names of running processes.</summary>
public sealed class ProcessNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        RunningProcesses.Names()
            .Where(word.Matches)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => word.Offer(name, argument: NamePattern.Escape(name)));
}
