using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>A parameter of a fleet cannot work.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="remedy">What to use instead.</param>
public sealed class FleetOptionException(string message, string remedy) : DropMonException("FleetOptionUnusable", DropMonErrorKind.InvalidArgument, message, remedy);

/// <summary>Something failed on one computer of a fleet.</summary>
public sealed class HostException : DropMonException
{
    private HostException(string hostName, string errorId, DropMonErrorKind kind, string message, string? remedy, Exception? cause = null)
        : base(errorId, kind, $"{hostName}: {message}", remedy, cause) => HostName = hostName;

    /// <summary>The computer, as the caller named it.</summary>
    public string HostName { get; }

    internal static HostException Unreachable(HostConnection host, Exception? cause) =>
        new(host.Name, "HostUnreachable", DropMonErrorKind.ConnectionFailed, $"no session with PowerShell could be opened over SSH. {Sentence(cause)}".TrimEnd(),
            $"See what this says: {host.TryCommand}. The server needs the line \"Subsystem powershell /usr/bin/pwsh -sshs\" in its sshd_config.", cause);

    internal static HostException Lost(HostConnection host, Exception? cause) =>
        new(host.Name, "HostLost", DropMonErrorKind.ConnectionFailed, "the connection broke. What it delivered before stands; drops since then are missing.",
            $"See whether it answers: {host.TryCommand}", cause);

    internal static HostException ModuleMissing(HostConnection host) =>
        new(host.Name, "HostModuleMissing", DropMonErrorKind.NotFound, "the module DropMon is not installed there.",
            "Add -CopyModule to copy it there for the session, or install it there: Install-Module DropMon");

    internal static HostException ModuleTooOld(HostConnection host, string version) =>
        new(host.Name, "HostModuleTooOld", DropMonErrorKind.NotSupported, $"the module DropMon there is version {version}, which cannot be run from afar.",
            "Add -CopyModule to use this one for the session, or update it there: Update-Module DropMon");

    internal static HostException Garbled(HostConnection host, Exception cause) =>
        new(host.Name, "HostAnswerInvalid", DropMonErrorKind.InvalidData, $"its answer cannot be understood. {cause.Message}", "Bring the module on both sides to the same version, or add -CopyModule.", cause);

    internal static HostException AnswerRefused(HostConnection host, string why) =>
        new(host.Name, "HostAnswerInvalid", DropMonErrorKind.InvalidData, $"its answer is refused: {why}",
            "Bring the module on both sides to the same version, or add -CopyModule.");

    internal static HostException Failed(HostConnection host, Exception cause) =>
        new(host.Name, "HostFailed", DropMonErrorKind.Unspecified, cause.Message, null, cause);

    // The outer layers only say which cmdlet failed. What ssh itself said is on the terminal already.
    private static string Sentence(Exception? cause) =>
        cause is null ? "" : SafeText.Escape(((cause as RuntimeException)?.ErrorRecord.Exception ?? cause).GetBaseException().Message.ReplaceLineEndings(" "));
}
