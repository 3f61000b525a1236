using System.Management.Automation;
using DropMon.Completion;

namespace DropMon.Commands;

/// <summary>Completes what Test-NetDrop can leave out: names of drop reasons and of functions that drop packets.</summary>
public sealed class ExclusionCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        ReasonCompleter.CompleteReasons(word).Concat(FunctionCompleter.CompleteFunctions(word));
}
