using System.Globalization;
using DropMon.Text;

namespace DropMon;

/// <summary>The awaited drop, or rate of drops, did not occur in time.</summary>
public sealed class WaitTimeoutException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="awaited">The awaited, as a noun phrase.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="ledger">What became of the alerts meanwhile.</param>
    public WaitTimeoutException(string awaited, TimeSpan timeout, DropLedger ledger)
        : base(
            "NetDropWaitTimeout",
            DropMonErrorKind.Timeout,
            string.Create(
                CultureInfo.InvariantCulture,
                $"No {awaited} within {timeout.TotalSeconds:0.###} s. {Plural.Of(ledger.Received, "alert")} received, " +
                $"{ledger.FilteredOut} of them filtered out.{Loss(ledger)}"),
            $"Wait longer with {OptionId.Timeout}, or ask for less; {OptionId.Quiet} returns nothing instead of this error.")
    {
    }

    private static string Loss(DropLedger ledger) => ledger.DescribeLoss() is { } loss ? $" It may be among the lost ones: {loss}" : "";
}
