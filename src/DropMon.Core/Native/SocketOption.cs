using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>getsockopt(2) for options that answer with a structure.</summary>
internal static unsafe partial class SocketOption
{
    private const int RawCloseOnExec = 3 | 0x80000; // SOCK_RAW | SOCK_CLOEXEC
    private const int RawProtocol = 255; // IPPROTO_RAW: sends nothing, receives nothing

    /// <summary>A raw socket of this thread's network namespace, as a handle for options only.</summary>
    public static SafeFileDescriptor OpenRaw(int family)
    {
        int descriptor = Socket(family, RawCloseOnExec, RawProtocol);
        return descriptor < 0
            ? throw SyscallException.FromLastError("socket(SOCK_RAW)", "Opening a raw socket")
            : new SafeFileDescriptor(descriptor);
    }

    /// <summary>
    /// Asks with what <paramref name="value"/> holds; it is overwritten with the answer, whose length is returned. Negative: the error
    /// number.
    /// </summary>
    public static int Get(SafeFileDescriptor socket, int level, int name, Span<byte> value)
    {
        int length = value.Length;
        fixed (byte* bytes = value)
        {
            return GetOption(socket, level, name, bytes, ref length) < 0 ? -Marshal.GetLastPInvokeError() : length;
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeFileDescriptor socket, int level, int name, byte* value, ref int length);
}
