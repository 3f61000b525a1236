namespace DropMon;

/// <summary>A drop reason that was asked for cannot be told of.</summary>
public sealed class ReasonException : DropMonException
{
    private ReasonException(string errorId, string message, string? remedy)
        : base(errorId, DropMonErrorKind.NotFound, message, remedy)
    {
    }

    internal static ReasonException Unknown(string name, IEnumerable<string> similar)
    {
        string[] others = [.. similar.Take(5)];
        return new ReasonException("ReasonUnknown", $"Neither DropMon nor the running kernel knows a reason '{SafeText.Escape(name)}'.",
            others.Length == 0 ? "Get-NetDropReason, or dropmon reasons, lists all" : $"Perhaps {string.Join(", ", others)}");
    }

    internal static ReasonException Absent(DropAlert alert) =>
        new("ReasonAbsent", $"The drop at {alert.Location ?? "an unknown place"} has no reason: its kernel gives none. What its function tells is in the alert: Class, Type and Explanation.", null);
}
