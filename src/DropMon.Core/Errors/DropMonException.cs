using DropMon.Text;

namespace DropMon;

/// <summary>The kind of a failure, which front ends map to their own categories and exit codes.</summary>
public enum DropMonErrorKind
{
    /// <summary>Anything else.</summary>
    Unspecified = 0,

    /// <summary>The caller lacks a privilege.</summary>
    PermissionDenied,

    /// <summary>This kernel or machine lacks a feature.</summary>
    NotSupported,

    /// <summary>Another process holds what is needed, or it is in the wrong state.</summary>
    Conflict,

    /// <summary>An argument or option is wrong.</summary>
    InvalidArgument,

    /// <summary>Bytes from the kernel, a file or the network are not what they should be.</summary>
    InvalidData,

    /// <summary>Memory, descriptors or disk are exhausted.</summary>
    ResourceExhausted,

    /// <summary>Reading or writing failed.</summary>
    IoFailure,

    /// <summary>Something named does not exist.</summary>
    NotFound,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>Another computer cannot be reached.</summary>
    ConnectionFailed,
}

/// <summary>
/// The base of every error that DropMon raises: what failed and why (the message), and the fix (the remedy). Both name options by marks,
/// such as
/// <c>⟨Source NetDm⟩</c>, for which front ends write their own.
/// </summary>
public abstract class DropMonException : Exception
{
    /// <summary>Creates an error. Whatever names from outside its words hold, no terminal obeys them.</summary>
    /// <param name="errorId">A stable identifier, part of the public contract.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="message">What failed and why, in one sentence.</param>
    /// <param name="remedy">The fix, a command if there is one; null if it is unknown.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    protected DropMonException(
        string errorId, DropMonErrorKind kind, string message, string? remedy = null, Exception? innerException = null)
        : base(OptionText.Escape(message), IsSafe(innerException) ? innerException : null)
    {
        ErrorId = errorId;
        Kind = kind;
        Remedy = remedy is null ? null : OptionText.Escape(remedy);
    }

    // PowerShell's detailed view shows the inner errors too. One of the runtime may have the name of a file in its text.
    private static bool IsSafe(Exception? error) =>
        error is null || (SafeText.Escape(error.Message.ReplaceLineEndings(" ")) == error.Message.ReplaceLineEndings(" ")
            && IsSafe(error.InnerException));

    /// <summary>A stable identifier for scripts to match, e.g. <c>CapabilityMissing</c>.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of failure.</summary>
    public DropMonErrorKind Kind { get; }

    /// <summary>The fix: a command if there is one; null if it is unknown.</summary>
    public string? Remedy { get; }

    /// <summary>The remedy as a sentence of its own, as front ends show it behind the message; null where there is none.</summary>
    internal string? Advice => Remedy is null || Remedy.EndsWith('?') ? Remedy : $"Fix: {Remedy}";
}
