namespace DropMon.Commands;

/// <summary>This session's monitor runs already.</summary>
public sealed class MonitorAlreadyRunningException() : DropMonException(
    "MonitorAlreadyRunning",
    DropMonErrorKind.Conflict,
    "A monitor runs in this session already.",
    "Stop-DropMonitor, then start it anew; or Get-DropMonitor to look at it.");

/// <summary>This session's monitor does not run.</summary>
/// <param name="message">What needs one.</param>
public sealed class MonitorNotRunningException(string message) : DropMonException(
    "MonitorNotRunning",
    DropMonErrorKind.NotFound,
    message,
    "Start-DropMonitor; or leave them out to collect drops anew.");
