namespace DropMon.Commands;

/// <summary>This session's monitor runs already.</summary>
public sealed class MonitorAlreadyRunningException() : DropMonException(
    "MonitorAlreadyRunning",
    DropMonErrorKind.Conflict,
    "A monitor is already running in this session.",
    "Stop-DropMonitor, then start it again; Get-DropMonitor shows the running one.");

/// <summary>This session's monitor does not run.</summary>
/// <param name="message">What needs one.</param>
public sealed class MonitorNotRunningException(string message) : DropMonException(
    "MonitorNotRunning",
    DropMonErrorKind.NotFound,
    message,
    "Start-DropMonitor, or leave them out to collect new drops.");
