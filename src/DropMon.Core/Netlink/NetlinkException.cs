using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.Netlink;

/// <summary>The kernel refused a netlink request.</summary>
public sealed class NetlinkException : DropMonException
{
    /// <summary>Creates an error from the kernel's answer.</summary>
    /// <param name="what">What was asked.</param>
    /// <param name="errno">The error number, positive.</param>
    /// <param name="kernelMessage">The kernel's own words (NLMSGERR_ATTR_MSG); null where it said nothing.</param>
    public NetlinkException(string what, int errno, string? kernelMessage)
        : base(
            errno is Native.Errno.EPERM or Native.Errno.EACCES ? "CapabilityMissing" : "NetlinkRequestRefused",
            SyscallException.KindOf(errno),
            $"{what}: the kernel answered {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})" + (
                kernelMessage is null ? "." : $": \"{kernelMessage}\"."),
            errno is Native.Errno.EPERM or Native.Errno.EACCES
                ? "Run as root, or give the process CAP_NET_ADMIN: sudo setcap cap_net_admin+ep FILE."
                : null)
    {
        Errno = errno;
        KernelMessage = kernelMessage;
    }

    /// <summary>The error number, positive.</summary>
    public int Errno { get; }

    /// <summary>The kernel's extended-acknowledgement text; null where it gave none.</summary>
    public string? KernelMessage { get; }
}
