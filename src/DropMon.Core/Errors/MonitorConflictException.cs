namespace DropMon;

/// <summary>Another process uses what is needed, or it is in the wrong state.</summary>
public sealed class MonitorConflictException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">What is in the way.</param>
    /// <param name="remedy">The fix.</param>
    /// <param name="errorId">A stable identifier.</param>
    public MonitorConflictException(string message, string? remedy = null, string errorId = "MonitorConflict")
        : base(errorId, DropMonErrorKind.Conflict, message, remedy)
    {
    }
}
