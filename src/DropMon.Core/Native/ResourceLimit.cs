using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>getrlimit(2).</summary>
internal static partial class ResourceLimit
{
    private const int OpenFilesResource = 7; // RLIMIT_NOFILE

    /// <summary>How many descriptors this process may have open; null where the kernel does not tell.</summary>
    public static ulong? OpenFiles => Get(OpenFilesResource, out Limit limit) == 0 ? limit.Current : null;

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
