using DropMon.Text;

namespace DropMon;

/// <summary>The caller lacks a capability.</summary>
public sealed class PrivilegeException : DropMonException
{
    /// <summary>Creates an error.</summary>
    /// <param name="message">What was refused.</param>
    /// <param name="capability">The capability that allows it, e.g. <c>CAP_NET_ADMIN</c>.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public PrivilegeException(string message, string capability, Exception? innerException = null)
        : base(
            "CapabilityMissing",
            DropMonErrorKind.PermissionDenied,
            message,
            $"Run as root (sudo {CommandId.Program}), or grant {capability}.",
            innerException) => Capability = capability;

    /// <summary>The capability that is missing.</summary>
    public string Capability { get; }
}
