using System.Globalization;
using System.Management.Automation;
using DropMon.Completion;
using DropMon.Machine;

namespace DropMon.Commands;

/// <summary>Completes inode numbers of network namespaces that processes are in.</summary>
public sealed class NetworkNamespaceCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        RunningProcesses.NetworkNamespaces()
            .Select(inode => inode.ToString(CultureInfo.InvariantCulture))
            .Where(word.Matches)
            .Order(StringComparer.Ordinal)
            .Select(name => word.Offer(name));
}
