using System.Management.Automation;
using DropMon.Completion;
using DropMon.Machine.ControlGroups;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>Completes the names of containers that processes are in.</summary>
public sealed class ContainerCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        ProcessControlGroups.Containers()
            .Where(word.Matches)
            .Order(StringComparer.Ordinal)
            .Select(name => word.Offer(name, argument: NamePattern.Escape(name)));
}
