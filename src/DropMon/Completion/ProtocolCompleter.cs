using System.Management.Automation;
using DropMon.Completion;
using DropMon.Packets;

namespace DropMon.Commands;

/// <summary>Completes names of network and transport protocols.</summary>
public sealed class ProtocolCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        EtherType.KnownNames.Concat(IpProtocol.KnownNames)
            .Where(word.Matches)
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => word.Offer(name));
}
