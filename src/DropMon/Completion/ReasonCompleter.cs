using System.Management.Automation;
using DropMon.Completion;
using DropMon.Evidence;

namespace DropMon.Commands;

/// <summary>Completes names of drop reasons, with what each means.</summary>
public sealed class ReasonCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) => CompleteReasons(word);

    internal static IEnumerable<CompletionResult> CompleteReasons(CompletionWord word) =>
        DropReasonCatalog.OfThisMachine().Find().Where(reason => word.Matches(reason.Name))
            .OrderBy(reason => reason.Name, StringComparer.Ordinal)
            .Select(reason => word.Offer(reason.Name, reason.Meaning));
}
