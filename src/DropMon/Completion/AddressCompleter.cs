using System.Management.Automation;
using System.Net.NetworkInformation;
using DropMon.Completion;

namespace DropMon.Commands;

/// <summary>Completes addresses of this computer.</summary>
public sealed class AddressCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<CompletionResult> Complete(CompletionWord word) =>
        Addresses()
            .Where(word.Matches)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(address => word.Offer(address));

    private static string[] Addresses()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(link => link.GetIPProperties().UnicastAddresses)
                // Without the link behind a % sign: packets have none.
                .Select(address => address.Address.ToString().Split('%')[0])
                .ToArray();
        }
        catch (NetworkInformationException)
        {
            // The system does not say: nothing is offered.
            return [];
        }
    }
}
