using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>getrlimit(2) and setrlimit(2).</summary>
internal static partial class ResourceLimit
{
    private const int OpenFilesResource = 7; // RLIMIT_NOFILE
    private const int LockedMemoryResource = 8; // RLIMIT_MEMLOCK
    private const ulong Unlimited = ulong.MaxValue; // RLIM_INFINITY

    /// <summary>How many descriptors this process may have open; null where the kernel does not tell.</summary>
    public static ulong? OpenFiles => Get(OpenFilesResource, out Limit limit) == 0 ? limit.Current : null;

    /// <summary>Lifts the limit of locked memory for this process, which takes CAP_SYS_RESOURCE; false where that is refused.</summary>
    public static bool TryRaiseLockedMemory()
    {
        var limit = new Limit { Current = Unlimited, Maximum = Unlimited };
        return Set(LockedMemoryResource, in limit) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int Set(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int Get(int resource, out Limit limit);

    /// <summary>struct rlimit.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
