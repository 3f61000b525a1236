using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>Turns the engine's errors into PowerShell's: the same id, the matching category, the remedy as recommended action.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord ToErrorRecord(this DropMonException error, object? target) => new(error, error.ErrorId, CategoryOf(error.Kind), target)
    {
        // PowerShell shows the recommended action beneath the message: in the message as well it would stand there twice.
        ErrorDetails = new ErrorDetails(CmdletText.Of(error.Message)) { RecommendedAction = CmdletText.Of(error.Remedy ?? "") },
    };

    /// <summary>An error of another computer: its id, category and advice stay, the computer's name goes before what it says.</summary>
    public static ErrorRecord ToErrorRecord(this ErrorRecord remote, HostConnection host)
    {
        string text = SafeText.Escape(remote.ErrorDetails?.Message ?? remote.Exception.Message);
        return new ErrorRecord(remote.Exception, remote.FullyQualifiedErrorId.Split(',')[0], remote.CategoryInfo.Category, host.Name)
        {
            ErrorDetails = new ErrorDetails($"{host.Name}: {text}") { RecommendedAction = remote.ErrorDetails?.RecommendedAction ?? "" },
        };
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
