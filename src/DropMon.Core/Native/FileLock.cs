using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>
/// An exclusive lock between processes and threads, freed by the kernel when its holder dies (flock(2)). Only who may open the file can
/// hold it.
/// </summary>
internal sealed partial class FileLock : IDisposable
{
    private const int Exclusive = 2; // LOCK_EX
    private const int DoNotWait = 4; // LOCK_NB

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    private readonly SafeFileDescriptor _file;

    private FileLock(SafeFileDescriptor file) => _file = file;

    /// <summary>Waits for the lock. Those who hold it do so for a few system calls only, unless they are stopped in the middle.</summary>
    /// <param name="folder">Where the file is.</param>
    /// <param name="name">The file; made if it is missing.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <returns>The lock; null where it was held all the time.</returns>
    /// <exception cref="SyscallException">The file cannot be opened or locked.</exception>
    /// <exception cref="UntrustedFileException">The file is another user's, or no file.</exception>
    public static FileLock? TryTake(TrustedFolder folder, string name, TimeSpan patience)
    {
        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            SafeFileDescriptor file = folder.OpenPrivate(name);
            try
            {
                if (!TryLock(file, $"{folder.Path}/{name}", deadline))
                {
                    file.Dispose();
                    return null;
                }

                // Another session may have replaced the file while this one waited for it.
                if (folder.IsCurrent(file, name))
                {
                    return new FileLock(file);
                }
            }
            catch
            {
                file.Dispose();
                throw;
            }

            file.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    private static bool TryLock(SafeFileDescriptor file, string path, long deadline)
    {
        while (Call(file, Exclusive | DoNotWait) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.EAGAIN or Errno.EINTR))
            {
                throw new SyscallException("flock", errno, $"Locking {path}");
            }

            if (Environment.TickCount64 >= deadline)
            {
                return false;
            }

            Thread.Sleep(BetweenTries);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Call(SafeFileDescriptor descriptor, int operation);
}
