using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>poll(2).</summary>
internal static partial class PollCall
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollErr = 8;
    public const short PollHup = 16;

    /// <summary>Waits until one of the descriptors is ready.</summary>
    /// <param name="entries">The descriptors; what each is ready for is put there.</param>
    /// <param name="timeoutMilliseconds">How long at most; -1 for as long as it takes.</param>
    /// <returns>How many are ready; -1 for an error, with its number in <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static int Poll(PollEntry[] entries, int timeoutMilliseconds) => Poll(entries, (nuint)entries.Length, timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] PollEntry[] entries, nuint count, int timeout);
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
