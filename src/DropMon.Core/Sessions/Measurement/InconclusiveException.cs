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
            $"The check does not tell, since it did not see every drop. {loss}",
            $"Check again; where the drop monitor is the source, {OptionId.Mode.With("Summary")} or a larger {OptionId.QueueLength} bears more.")
    {
    }
}
