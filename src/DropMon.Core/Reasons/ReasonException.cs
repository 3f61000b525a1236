using DropMon.Text;

namespace DropMon;

/// <summary>A requested drop reason is unknown.</summary>
public sealed class ReasonException : DropMonException
{
    private static readonly string All = $"{CommandId.Reasons} lists all reasons.";

    private ReasonException(string errorId, string message, string? remedy)
        : base(errorId, DropMonErrorKind.NotFound, message, remedy)
    {
    }

    internal static ReasonException Unknown(string name, IEnumerable<string> similar) =>
        new(
            "ReasonUnknown", $"Neither DropMon nor the running kernel knows a reason, function or trap '{SafeText.Escape(name)}'.",
            SimilarNames.Question(similar)
                ?? All);

    internal static ReasonException NoPattern(string text, string fault) =>
        new("ReasonUnknown", $"'{SafeText.Escape(text)}' is not a valid pattern: {fault}.", All);

    internal static ReasonException NoMatch(string pattern) =>
        new("ReasonUnknown", $"No reason that DropMon or the running kernel knows matches '{SafeText.Escape(pattern)}'.", All);

    internal static ReasonException Absent(DropAlert alert) =>
        new(
            "ReasonAbsent",
            $"The drop at {SafeText.Escape(alert.Location ?? "an unknown place")} has neither a reason nor the name of a function, so " +
            "nothing is known about it.",
            "Start DropMon as root, or with CAP_SYSLOG: /proc/kallsyms then shows addresses, and drops have functions.");

    internal static ReasonException Absent() =>
        new("ReasonAbsent", "The pipeline input has no reason: the kernel gives none for such drops.",
            "Pass the drops themselves, or the names of their functions.");
}
