using System.Management.Automation;
using DropMon.Packets;

namespace DropMon.Commands;

/// <summary>Completes names of network and transport protocols.</summary>
public sealed class ProtocolCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word)
    {
        IEnumerable<string> network = Enumerable.Range(0, ushort.MaxValue + 1).Where(type => EtherType.IsKnown((ushort)type)).Select(type => EtherType.Name((ushort)type));
        IEnumerable<string> transport = Enumerable.Range(0, byte.MaxValue + 1).Select(number => IpProtocol.Name((byte)number)).Where(name => !name.StartsWith("IP-", StringComparison.Ordinal));
        return network.Concat(transport)
            .Where(word.Matches)
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => word.Offer(name));
    }
}
