using DropMon.Text;

namespace DropMon;

/// <summary>A drop reason that was asked for cannot be told of.</summary>
public sealed class ReasonException : DropMonException
{
    private const string All = "Get-NetDropReason, or dropmon reasons, lists all.";

    private ReasonException(string errorId, string message, string? remedy)
        : base(errorId, DropMonErrorKind.NotFound, message, remedy)
    {
    }

    internal static ReasonException Unknown(string name, IEnumerable<string> similar) =>
        new("ReasonUnknown", $"Neither DropMon nor the running kernel knows a reason '{SafeText.Escape(name)}'.", SimilarNames.Question(similar) ?? All);

    internal static ReasonException NoMatch(string pattern) =>
        new("ReasonUnknown", $"No reason that DropMon or the running kernel knows matches '{SafeText.Escape(pattern)}'.", All);

    internal static ReasonException Absent(DropAlert alert) =>
        new("ReasonAbsent", $"The drop at {alert.Location ?? "an unknown place"} has no reason: its kernel gives none. What its function tells is in the alert: Class, Type and Explanation.", null);

    internal static ReasonException Absent() =>
        new("ReasonAbsent", "What the pipeline brought has no reason: the kernel gives none for such drops.", null);
}
