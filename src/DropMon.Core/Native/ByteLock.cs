using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Native;

/// <summary>
/// Locks on single bytes of a file, which need not be there (fcntl(2), open file description locks). They count between processes and
/// between two openings of one, and end with the file's closing. Readers and writers that do not ask for them are not kept out.
/// </summary>
internal static partial class ByteLock
{
    private const int Get = 36; // F_OFD_GETLK
    private const int Set = 37; // F_OFD_SETLK
    private const short ReadLock = 0; // F_RDLCK
    private const short WriteLock = 1; // F_WRLCK
    private const short NoLock = 2; // F_UNLCK

    /// <summary>Takes a byte for this opening of the file, unless another has it.</summary>
    /// <param name="file">The file, open for writing.</param>
    /// <param name="offset">The byte.</param>
    /// <returns>False if another process has it. True on a file system without such locks, where no process can have it.</returns>
    public static bool TryTake(SafeFileHandle file, long offset) =>
        Call(file, Set, WriteLock, offset, out _) == 0 || Marshal.GetLastPInvokeError() != Errno.EAGAIN;

    /// <summary>Lets a byte go. A child process that has not yet closed the file it inherited does not keep it.</summary>
    public static void Free(SafeFileHandle file, long offset) => _ = Call(file, Set, NoLock, offset, out _);

    /// <summary>Whether another opening of the file has the byte.</summary>
    public static bool IsTaken(SafeFileHandle file, long offset) =>
        Call(file, Get, ReadLock, offset, out short found) == 0 && found == WriteLock;

    private static int Call(SafeFileHandle file, int command, short type, long offset, out short found)
    {
        var request = new Request { Type = type, Start = offset, Length = 1 };
        int result;
        do
        {
            result = Call(file, command, ref request);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        found = request.Type;
        return result;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Call(SafeFileHandle file, int command, ref Request request);

    /// <summary>struct flock of 64-bit systems.</summary>
    private struct Request
    {
        public short Type;
        public short Whence; // SEEK_SET
        public long Start;
        public long Length;
        public int ProcessId; // must be 0
    }
}
