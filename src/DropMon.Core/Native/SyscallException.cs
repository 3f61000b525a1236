using System.Runtime.InteropServices;
using DropMon.Text;

namespace DropMon.Native;

/// <summary>A system call failed.</summary>
public sealed class SyscallException : DropMonException
{
    /// <summary>Creates an error from a call and its error number.</summary>
    /// <param name="call">The call as its manual page names it.</param>
    /// <param name="errno">The error number it set.</param>
    /// <param name="what">What it was for.</param>
    /// <param name="remedy">The fix; null for the usual words for that number.</param>
    public SyscallException(string call, int errno, string what, string? remedy = null)
        : base(
            "SyscallFailed", KindOf(errno), $"{what}: {call} failed: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno}).", remedy
                ?? RemedyFor(errno))
    {
        Call = call;
        Errno = errno;
    }

    /// <summary>The system call's name.</summary>
    public string Call { get; }

    /// <summary>The error number.</summary>
    public int Errno { get; }

    internal static SyscallException FromLastError(string call, string what) => new(call, Marshal.GetLastPInvokeError(), what);

    /// <summary>Whether .NET failed at opening a file because there are too many open ones; its HResult is then the error number.</summary>
    internal static bool TellsExhaustion(IOException error) => error.HResult is Native.Errno.EMFILE or Native.Errno.ENFILE;

    /// <summary>An exhaustion that .NET reported in its own words.</summary>
    internal static SyscallException FromExhaustion(IOException error, string what) => new("open", error.HResult, what);

    internal static DropMonErrorKind KindOf(int errno) => errno switch
    {
        Native.Errno.EPERM or Native.Errno.EACCES => DropMonErrorKind.PermissionDenied,
        Native.Errno.ENOENT or Native.Errno.ENODEV => DropMonErrorKind.NotFound,
        Native.Errno.EBUSY or Native.Errno.EAGAIN => DropMonErrorKind.Conflict,
        Native.Errno.EINVAL => DropMonErrorKind.InvalidArgument,
        Native.Errno.EMFILE or Native.Errno.ENFILE or Native.Errno.ENOMEM or Native.Errno.ENOBUFS or Native.Errno.ENOSPC =>
            DropMonErrorKind.ResourceExhausted,
        Native.Errno.EOPNOTSUPP => DropMonErrorKind.NotSupported,
        Native.Errno.ETIMEDOUT => DropMonErrorKind.Timeout,
        Native.Errno.EIO => DropMonErrorKind.IoFailure,
        _ => DropMonErrorKind.Unspecified,
    };

    private static string? RemedyFor(int errno) => errno switch
    {
        Native.Errno.EPERM or Native.Errno.EACCES => $"Run as root: sudo {CommandId.Program}.",
        Native.Errno.EMFILE => "Raise the limit on open files: ulimit -n 4096.",
        Native.Errno.ENFILE => "Raise the system's limit on open files: sysctl -w fs.file-max=1000000.",
        _ => null,
    };
}
