using System.Management.Automation;
using DropMon.Commands;
using DropMon.Fleet;

namespace DropMon.Output;

/// <summary>Turns the engine's errors into PowerShell's: the same id, the matching category, the remedy as recommended action.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this DropMonException error, object? target) =>
        new ErrorRecord(error, error.ErrorId, CategoryOf(error.Kind), SafeTarget(target))
        {
            // PowerShell shows the recommended action beneath the message: in the message as well it would stand there twice.
            ErrorDetails = new ErrorDetails(CmdletText.Of(error.Message)) { RecommendedAction = CmdletText.Of(error.Remedy ?? "") },
        }.WithSafeCategory();

    /// <summary>An error of another computer: its id, category and advice stay, as far as they are what they should be.</summary>
    /// <param name="error">What it says, with the computer's name before it.</param>
    /// <param name="host">The computer.</param>
    /// <param name="id">The id, as it came.</param>
    /// <param name="category">The category, as it came.</param>
    /// <param name="remedy">The advice, as it came.</param>
    public static ErrorRecord ToErrorRecord(this HostException error, HostConnection host, string id, string category, string remedy) =>
        new(error, HostText.Id(id) ?? error.ErrorId, Enum.TryParse(category, out ErrorCategory known) && Enum.IsDefined(known)
            ? known : ErrorCategory.NotSpecified, host.Name)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = HostText.Of(remedy) },
        };

    /// <summary>Makes what the category's views show of the target safe for a terminal; what is no text stays what it is.</summary>
    public static ErrorRecord WithSafeCategory(this ErrorRecord record)
    {
        record.CategoryInfo.TargetName = SafeText.Escape(record.CategoryInfo.TargetName);
        return record;
    }

    /// <summary>
    /// The target, or its safe text where it has one that steers a terminal: Get-Error shows the target.
    /// </summary>
    public static object? SafeTarget(object? target)
    {
        if (target is null)
        {
            return null;
        }

        string text = target as string ?? PSObject.AsPSObject(target).ToString();
        string safe = SafeText.Escape(text);
        return safe == text ? target : safe;
    }

    private static ErrorCategory CategoryOf(DropMonErrorKind kind) => kind switch
    {
        DropMonErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        DropMonErrorKind.NotSupported => ErrorCategory.NotImplemented,
        DropMonErrorKind.Conflict => ErrorCategory.ResourceBusy,
        DropMonErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        DropMonErrorKind.InvalidData => ErrorCategory.InvalidData,
        DropMonErrorKind.ResourceExhausted => ErrorCategory.LimitsExceeded,
        DropMonErrorKind.IoFailure => ErrorCategory.WriteError,
        DropMonErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        DropMonErrorKind.Timeout => ErrorCategory.OperationTimeout,
        DropMonErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        _ => ErrorCategory.NotSpecified,
    };
}
