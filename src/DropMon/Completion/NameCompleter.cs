using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Completion;

namespace DropMon.Commands;

/// <summary>Completes names, with or without quotes and with wildcards.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Complete(new CompletionWord(wordToComplete));

    /// <summary>The names that the word may mean.</summary>
    private protected abstract IEnumerable<CompletionResult> Complete(CompletionWord word);
}
