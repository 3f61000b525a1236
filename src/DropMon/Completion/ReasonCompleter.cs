using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Reasons;

namespace DropMon.Commands;

/// <summary>Completes names of drop reasons, with what each means.</summary>
public sealed class ReasonCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        DropReasonCatalog.OfThisMachine().Find(wordToComplete + "*")
            .OrderBy(reason => reason.Name, StringComparer.Ordinal)
            .Select(reason => new CompletionResult(reason.Name, reason.Name, CompletionResultType.ParameterValue, reason.Meaning ?? reason.Name));
}
