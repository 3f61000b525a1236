using System.Management.Automation;
using DropMon.Completion;
using DropMon.Evidence;

namespace DropMon.Commands;

/// <summary>Completes names of the subsystems that define drop reasons.</summary>
public sealed class SubsystemCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        DropReasonCatalog.OfThisMachine().Find()
            .Select(reason => reason.Subsystem).Distinct().Where(word.Matches).Order(StringComparer.Ordinal)
            .Select(subsystem => word.Offer(subsystem));
}
