using DropMon.Text;

namespace DropMon;

/// <summary>A check cannot vouch for what it was to check, since alerts were lost.</summary>
public sealed class InconclusiveException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="loss">What was lost, in a sentence.</param>
    public InconclusiveException(string loss)
        : base(
            "NetDropTestInconclusive",
            DropMonErrorKind.ResourceExhausted,
            $"The check is inconclusive: it did not see every drop. {loss}",
            $"Check again; with the drop monitor as the source, {OptionId.Mode.With("Summary")} or a larger {OptionId.QueueLength} loses " +
            "fewer alerts.")
    {
    }
}
