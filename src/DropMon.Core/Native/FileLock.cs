using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Native;

/// <summary>An exclusive lock between processes and threads, freed by the kernel when its holder dies (flock(2)).</summary>
/// <remarks>The file is opened by hand: a FileStream takes a shared lock of its own, and fails where somebody holds the exclusive one.</remarks>
internal sealed partial class FileLock : IDisposable
{
    private const int Exclusive = 2; // LOCK_EX
    private const int DoNotWait = 4; // LOCK_NB
    private const int ReadWrite = 2; // O_RDWR
    private const int CreateIfMissing = 0x40; // O_CREAT
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int ReadableByAll = 0x1a4; // 0644

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    private readonly SafeFileDescriptor _file;

    private FileLock(SafeFileDescriptor file) => _file = file;

    /// <summary>Waits for the lock. Those who hold it do so for a few system calls only, unless they are stopped in the middle.</summary>
    /// <param name="path">The file; made if it is missing.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>The lock; null where it was held all the time.</returns>
    /// <exception cref="SyscallException">The file cannot be opened or locked.</exception>
    public static FileLock? TryTake(string path, TimeSpan patience)
    {
        var file = new SafeFileDescriptor(Open(Encoding.UTF8.GetBytes(path + '\0'), ReadWrite | CreateIfMissing | CloseOnExec, ReadableByAll));
        if (file.IsInvalid)
        {
            throw SyscallException.FromLastError("open", $"Opening {path}");
        }

        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (Call(file, Exclusive | DoNotWait) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.EAGAIN or Errno.EINTR))
            {
                file.Dispose();
                throw new SyscallException("flock", errno, $"Locking {path}");
            }

            if (Environment.TickCount64 >= deadline)
            {
                file.Dispose();
                return null;
            }

            Thread.Sleep(BetweenTries);
        }

        return new FileLock(file);
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte[] path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Call(SafeFileDescriptor descriptor, int operation);
}
