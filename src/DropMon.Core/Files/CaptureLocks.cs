using DropMon.Native;
using Microsoft.Win32.SafeHandles;

namespace DropMon.Files;

/// <summary>
/// How a writer signals other writers and readers of its file: locks on two bytes far behind any data. They do not prevent reading.
/// </summary>
internal static class CaptureLocks
{
    private const long Writer = 1L << 62;
    private const long Overwriter = Writer + 1;

    /// <summary>Becomes the file's one writer.</summary>
    /// <returns>False where it has one.</returns>
    public static bool TryBecomeWriter(SafeFileHandle file) => ByteLock.TryTake(file, Writer);

    /// <summary>Tells readers that what the file holds is about to go.</summary>
    public static void AnnounceOverwriting(SafeFileHandle file) => _ = ByteLock.TryTake(file, Overwriter);

    public static void EndAnnouncement(SafeFileHandle file) => ByteLock.Free(file, Overwriter);

    public static bool IsAboutToBeOverwritten(SafeFileHandle file) => ByteLock.IsTaken(file, Overwriter);

    /// <summary>Makes way for the next writer.</summary>
    public static void Free(SafeFileHandle file)
    {
        ByteLock.Free(file, Overwriter);
        ByteLock.Free(file, Writer);
    }
}
