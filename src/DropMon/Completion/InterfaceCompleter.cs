using System.Management.Automation;
using System.Net.NetworkInformation;
using DropMon.Completion;
using DropMon.Text;

namespace DropMon.Commands;

/// <summary>Completes names of network interfaces.</summary>
public sealed class InterfaceCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        NetworkInterface.GetAllNetworkInterfaces().Select(device => device.Name)
            .Where(word.Matches)
            .Order(StringComparer.Ordinal)
            // Linux lets an interface be named br[0] or a*b, and these parameters take wildcards.
            .Select(name => word.Offer(name, argument: NamePattern.Escape(name)));
}
