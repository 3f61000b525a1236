using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.NetworkInformation;
using DropMon.Completion;

namespace DropMon.Commands;

/// <summary>Completes ports at which a program of this computer listens.</summary>
public sealed class PortCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        Listeners()
            .Select(listener => listener.Port)
            .Distinct()
            .Order()
            .Select(port => port.ToString(CultureInfo.InvariantCulture))
            .Where(word.Matches)
            .Select(port => word.Offer(port));

    private static IEnumerable<IPEndPoint> Listeners()
    {
        try
        {
            IPGlobalProperties here = IPGlobalProperties.GetIPGlobalProperties();
            return [.. here.GetActiveTcpListeners(), .. here.GetActiveUdpListeners()];
        }
        catch (NetworkInformationException)
        {
            // The system does not say: nothing is offered.
            return [];
        }
    }
}
