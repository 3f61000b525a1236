using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>
/// The descriptors 0, 1 and 2, which the parent process may have closed (<c>2>&amp;-</c>). The kernel gives a closed one's number to the
/// next file that is opened, and what was meant for the screen would be written into that.
/// </summary>
internal static partial class StandardDescriptors
{
    private const int GetFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int ReadWrite = 2; // O_RDWR
    private const int Last = 2;

    /// <summary>Whether the process was started with it: what was inherited is not closed at exec, and what the runtime opens is.</summary>
    public static bool IsInherited(int descriptor) => Call(descriptor, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    /// <summary>Gives those that are closed to /dev/null, so that no other file gets their numbers.</summary>
    public static void FillGaps()
    {
        while (Enumerable.Range(0, Last + 1).Any(descriptor => Call(descriptor, GetFlags) < 0))
        {
            // The lowest number that is free is the one that it gets.
            if (Open("/dev/null", ReadWrite) is < 0 or > Last)
            {
                return;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Call(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
