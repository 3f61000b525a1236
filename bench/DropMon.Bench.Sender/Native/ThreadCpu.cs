using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.Bench.Sender.Native;

/// <summary>Where this thread runs, and what it has used.</summary>
internal static unsafe partial class ThreadCpu
{
    private const int MonotonicClock = 1; // CLOCK_MONOTONIC
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID
    private const int MaskBytes = 1024;

    public static long MonotonicNanoseconds() => Read(MonotonicClock);

    public static long Nanoseconds() => Read(ThreadClock);

    public static void Sleep(long nanoseconds)
    {
        var request = new TimeSpec { Nanoseconds = (nint)nanoseconds };
        _ = NanoSleep(request, 0);
    }

    public static void Pin(int cpu)
    {
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        mask[cpu / 8] = (byte)(1 << (cpu % 8));
        if (SetAffinity(0, MaskBytes, mask) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Pinning to CPU {cpu} failed.");
        }
    }

    private static long Read(int clock) =>
        GetTime(clock, out TimeSpec time) == 0
            ? ((long)time.Seconds * 1_000_000_000) + time.Nanoseconds
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "clock_gettime failed.");

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int NanoSleep(in TimeSpec request, nint remaining);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int process, nuint size, byte* mask);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
