using System.Management.Automation;
using DropMon.Completion;

namespace DropMon.Commands;

/// <summary>Completes names of drop classes.</summary>
public sealed class ClassCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        Enum.GetNames<DropClass>().Where(word.Matches).Select(name => word.Offer(name));
}
