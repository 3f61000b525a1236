using DropMon.Fleet;

namespace DropMon.Commands;

/// <summary>A parameter of a fleet cannot work.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="remedy">What to use instead.</param>
public sealed class FleetOptionException(string message, string remedy)
    : DropMonException("FleetOptionUnusable", DropMonErrorKind.InvalidArgument, message, remedy);

/// <summary>Something failed on one computer of a fleet.</summary>
public sealed class HostException : DropMonException
{
    private HostException(string hostName, string errorId, DropMonErrorKind kind, string message, string? remedy, Exception? cause = null)
        : base(errorId, kind, $"{hostName}: {message}", remedy, cause) => HostName = hostName;

    /// <summary>The computer, as the caller named it.</summary>
    public string HostName { get; }

    /// <param name="host">The computer.</param>
    /// <param name="why">What ssh or the far side says; may be empty.</param>
    internal static HostException Unreachable(HostConnection host, string why) =>
        new(host.Name, "HostUnreachable", DropMonErrorKind.ConnectionFailed,
            $"no session with PowerShell could be opened over SSH. {why}".TrimEnd(),
            $"See what this says: {host.TryCommand}");

    /// <inheritdoc cref="Unreachable"/>
    internal static HostException Lost(HostConnection host, string why) =>
        new(host.Name, "HostLost", DropMonErrorKind.ConnectionFailed,
            $"the connection broke. What it delivered before stands; drops since then are missing. {why}".TrimEnd(),
                $"See whether it answers: {host.TryCommand}");

    /// <inheritdoc cref="Unreachable"/>
    internal static HostException TimedOut(HostConnection host, string why) =>
        new(host.Name, "HostTimedOut", DropMonErrorKind.Timeout, $"the connection was closed: {why}",
            $"See whether it answers: {host.TryCommand}");

    /// <summary>An error that the computer itself reports.</summary>
    internal static HostException OfHost(HostConnection host, string message) =>
        new(host.Name, "HostFailed", DropMonErrorKind.Unspecified, HostText.Of(message), null);

    internal static HostException ModuleMissing(HostConnection host) =>
        new(host.Name, "HostModuleMissing", DropMonErrorKind.NotFound, "the module DropMon is not installed there.",
            "Add -CopyModule to copy it there for the session, or install it there: Install-Module DropMon");

    internal static HostException ModuleTooOld(HostConnection host, string version) =>
        new(host.Name, "HostModuleTooOld", DropMonErrorKind.NotSupported,
            $"the module DropMon there is version {version}, which does not support remote use.",
            "Add -CopyModule to use this one for the session, or update it there: Update-Module DropMon");

    internal static HostException Garbled(HostConnection host, Exception cause) =>
        new(host.Name, "HostAnswerInvalid", DropMonErrorKind.InvalidData, $"its answer cannot be understood. {HostText.Of(cause.Message)}",
            "Bring the module on both sides to the same version, or add -CopyModule.", cause);

    internal static HostException AnswerRefused(HostConnection host, string why) =>
        new(host.Name, "HostAnswerInvalid", DropMonErrorKind.InvalidData, $"its answer is refused: {why}",
            "Bring the module on both sides to the same version, or add -CopyModule.");

    internal static HostException Failed(HostConnection host, Exception cause) =>
        new(host.Name, "HostFailed", DropMonErrorKind.Unspecified, HostText.Of(cause.Message), null, cause);
}
