using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Packets;

namespace DropMon.Commands;

/// <summary>Completes names of network and transport protocols.</summary>
public sealed class ProtocolCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IEnumerable<string> network = Enumerable.Range(0, ushort.MaxValue + 1).Where(type => EtherType.IsKnown((ushort)type)).Select(type => EtherType.Name((ushort)type));
        IEnumerable<string> transport = Enumerable.Range(0, byte.MaxValue + 1).Select(number => IpProtocol.Name((byte)number)).Where(name => !name.StartsWith("IP-", StringComparison.Ordinal));
        return network.Concat(transport)
            .Where(name => name.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase)
            .Select(name => new CompletionResult(name));
    }
}
