using DropMon.Text;

namespace DropMon;

/// <summary>What was waited for did not come in time.</summary>
public sealed class WaitTimeoutException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="awaited">What was waited for, as a noun phrase.</param>
    /// <param name="timeout">How long.</param>
    /// <param name="ledger">What became of the alerts meanwhile.</param>
    public WaitTimeoutException(string awaited, TimeSpan timeout, DropLedger ledger)
        : base(
            "NetDropWaitTimeout",
            DropMonErrorKind.Timeout,
            FormattableString.Invariant($"Within {timeout.TotalSeconds:0.###} seconds came no {awaited}. {ledger.Received} alerts came, {ledger.FilteredOut} of them filtered out.{Loss(ledger)}"),
            $"Wait longer with {OptionId.Timeout}, or ask for less; {OptionId.Quiet} returns nothing instead of this error.")
    {
    }

    private static string Loss(DropLedger ledger) => ledger.DescribeLoss() is { } loss ? $" It may have been among those lost: {loss}" : "";
}
