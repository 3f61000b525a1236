using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Reasons;

namespace DropMon.Commands;

/// <summary>Completes names of the subsystems that define drop reasons.</summary>
public sealed class SubsystemCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        DropReasonCatalog.OfThisMachine().Find(subsystem: wordToComplete + "*")
            .Select(reason => reason.Subsystem).Distinct().Order(StringComparer.Ordinal)
            .Select(subsystem => new CompletionResult(subsystem));
}
