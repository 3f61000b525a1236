using System.Management.Automation;
using DropMon.Completion;
using DropMon.Machine.ControlGroups;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>Completes systemd units that processes are in.</summary>
public sealed class UnitCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        ProcessControlGroups.Units()
            .Where(word.Matches)
            .Order(StringComparer.Ordinal)
            .Select(name => word.Offer(name, argument: NamePattern.Escape(name)));
}
