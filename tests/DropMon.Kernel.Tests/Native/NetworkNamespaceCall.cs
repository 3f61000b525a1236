using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.KernelTests.Native;

/// <summary>Gives a thread a network namespace of its own: unshare(2).</summary>
internal static partial class NetworkNamespaceCall
{
    private const int NewNetwork = 0x40000000; // CLONE_NEWNET

    /// <summary>From now on the calling thread, and what it starts, is alone with a loopback that is down.</summary>
    public static void Unshare()
    {
        if (UnshareCall(NewNetwork) < 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>The calling thread's number, by which others find its namespace.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int ThreadId();

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int UnshareCall(int flags);
}
