using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>An exclusive lock between processes and threads, freed by the kernel when its holder dies (flock(2)).</summary>
internal sealed partial class FileLock : IDisposable
{
    private const int Exclusive = 2; // LOCK_EX
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock. Those who hold it do so for a few system calls only.</summary>
    public static FileLock Take(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        int result;
        do
        {
            result = Call((int)file.SafeFileHandle.DangerousGetHandle(), Exclusive);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        if (result == 0)
        {
            return new FileLock(file);
        }

        SyscallException error = SyscallException.FromLastError("flock", $"Locking {path}");
        file.Dispose();
        throw error;
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Call(int descriptor, int operation);
}
