using System.Globalization;
using System.Management.Automation;
using DropMon.Completion;
using DropMon.Machine;

namespace DropMon.Commands;

/// <summary>Completes names of network namespaces, and inode numbers of those that processes are in.</summary>
public sealed class NetworkNamespaceCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        NamedNetworkNamespaces.Read().Select(named => named.Name)
            .Concat(RunningProcesses.NetworkNamespaces().Select(inode => inode.ToString(CultureInfo.InvariantCulture)))
            .Where(word.Matches)
            .Order(StringComparer.Ordinal)
            .Select(name => word.Offer(name));
}
