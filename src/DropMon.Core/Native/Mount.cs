using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>mount(2).</summary>
internal static partial class Mount
{
    /// <summary>Mounts a file system; returns 0 or the error number.</summary>
    public static int TryMount(string source, string target, string type) =>
        Call(source, target, type, 0, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static string Describe(int errno) => Marshal.GetPInvokeErrorMessage(errno);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(string source, string target, string type, nuint flags, nint data);
}
