using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.Bench.Native;

/// <summary>CPU time of processes to the nanosecond, where /proc counts in hundredths of a second.</summary>
internal static partial class CpuClock
{
    private const int ProcessClock = 2; // CLOCK_PROCESS_CPUTIME_ID
    private const int ThreadClock = 3; // CLOCK_THREAD_CPUTIME_ID
    private const int Children = -1; // RUSAGE_CHILDREN

    /// <summary>What this process has used.</summary>
    public static TimeSpan OfThisProcess() => Read(ProcessClock);

    /// <summary>What this thread has used: what an in-process comparison counts, since other programs do not lengthen it.</summary>
    public static TimeSpan OfThisThread() => Read(ThreadClock);

    /// <summary>What a living process has used (clock_getcpuclockid(3)).</summary>
    public static TimeSpan Of(int process) => Read((~process << 3) | ProcessClock);

    /// <summary>What all children have used that have ended and been waited for.</summary>
    public static TimeSpan OfEndedChildren() =>
        GetUsage(Children, out ResourceUsage usage) == 0
            ? TimeSpan.FromMicroseconds(((usage.UserSeconds + usage.SystemSeconds) * 1e6) + usage.UserMicroseconds
                + usage.SystemMicroseconds)
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "getrusage failed.");

    private static TimeSpan Read(int clock) =>
        GetTime(clock, out TimeSpec time) == 0
            ? TimeSpan.FromTicks(((long)time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "clock_gettime failed.");

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, out ResourceUsage usage);

    /// <summary>struct timespec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    /// <summary>struct rusage; only the times are read.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUsage
    {
        public nint UserSeconds;
        public nint UserMicroseconds;
        public nint SystemSeconds;
        public nint SystemMicroseconds;
    }
}
