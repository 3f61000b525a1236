using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>perf_event_open(2) and the ioctls on what it returns.</summary>
internal static partial class PerfEvent
{
    public const uint TypeSoftware = 1; // PERF_TYPE_SOFTWARE
    public const uint TypeTracepoint = 2; // PERF_TYPE_TRACEPOINT
    public const ulong SoftwareContextSwitches = 3; // PERF_COUNT_SW_CONTEXT_SWITCHES
    public const ulong SampleTid = 1 << 1; // PERF_SAMPLE_TID
    public const ulong SampleTime = 1 << 2; // PERF_SAMPLE_TIME
    public const ulong SampleCallchain = 1 << 5; // PERF_SAMPLE_CALLCHAIN
    public const ulong SampleRaw = 1 << 10; // PERF_SAMPLE_RAW
    public const ulong FlagDisabled = 1 << 0;
    public const ulong FlagWatermark = 1 << 14;
    public const ulong FlagExcludeUserCallchain = 1 << 22;
    public const ulong FlagUseClockId = 1 << 25;
    public const int ClockMonotonic = 1; // CLOCK_MONOTONIC

    private const ulong ReadFormatLost = 1 << 4; // PERF_FORMAT_LOST, Linux 6.0
    private const int AllProcesses = -1, CallingThread = 0;
    private const int AnyCpu = -1, NoGroup = -1;
    private const ulong Enable = 0x2400; // PERF_EVENT_IOC_ENABLE
    private const ulong Disable = 0x2401; // PERF_EVENT_IOC_DISABLE
    private const ulong Refresh = 0x2402; // PERF_EVENT_IOC_REFRESH
    private const ulong Period = 0x40082404; // PERF_EVENT_IOC_PERIOD
    private const nuint CloseOnExec = 8; // PERF_FLAG_FD_CLOEXEC
    private const nint SystemCallNumberX64 = 298;
    private const nint SystemCallNumberArm64 = 241;

    /// <summary>
    /// Opens an event for all processes on one CPU that also counts the records it had no room for, where the kernel counts them (Linux
    /// 6.0).
    /// </summary>
    public static SafeFileDescriptor OpenCounting(ref PerfEventAttributes attributes, int cpu)
    {
        attributes.ReadFormat = ReadFormatLost;
        try
        {
            return Open(ref attributes, cpu);
        }
        catch (SyscallException error) when (error.Errno == Errno.EINVAL)
        {
            attributes.ReadFormat = 0;
            return Open(ref attributes, cpu);
        }
    }

    /// <summary>Opens an event for all processes on one CPU.</summary>
    public static SafeFileDescriptor Open(ref PerfEventAttributes attributes, int cpu) =>
        Open(ref attributes, AllProcesses, cpu, $"Opening a perf event on CPU {cpu}");

    /// <summary>Opens an event for the calling thread, wherever it runs.</summary>
    public static SafeFileDescriptor OpenOnThisThread(ref PerfEventAttributes attributes) =>
        Open(ref attributes, CallingThread, AnyCpu, "Opening a perf event on this thread");

    public static void SetEnabled(SafeFileDescriptor handle, bool enabled)
    {
        if (Control(handle, enabled ? Enable : Disable, 0) < 0)
        {
            throw SyscallException.FromLastError("ioctl", enabled ? "Enabling a perf event" : "Disabling a perf event");
        }
    }

    /// <summary>Enables an event for its next occurrence; then the kernel disables it by itself.</summary>
    public static void EnableOnce(SafeFileDescriptor handle)
    {
        if (Control(handle, Refresh, 1) < 0)
        {
            throw SyscallException.FromLastError("ioctl", "Enabling a perf event once");
        }

        // Since Linux 6.16 what the limit stopped stays stopped (PERF_HES_STOPPED) when it is enabled again; a period, though it
        // is the old one, starts it.
        ulong period = 1;
        if (Control(handle, Period, ref period) < 0)
        {
            throw SyscallException.FromLastError("ioctl", "Starting a perf event");
        }
    }

    /// <summary>How often the event has happened, whether or not there is a record of it, and how many records found no room.</summary>
    /// <param name="handle">The event.</param>
    /// <param name="lost">Null where the kernel does not count them.</param>
    public static ulong ReadCount(SafeFileDescriptor handle, out ulong? lost)
    {
        nint length = Read(handle, out PerfEventCount count, Marshal.SizeOf<PerfEventCount>());
        lost = length > sizeof(ulong) ? count.Lost : null;
        return length >= sizeof(ulong) ? count.Value : throw SyscallException.FromLastError("read", "Reading a perf event's count");
    }

    private static SafeFileDescriptor Open(ref PerfEventAttributes attributes, int process, int cpu, string doing)
    {
        attributes.Size = PerfEventAttributes.StructureSize;
        nint number = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => SystemCallNumberX64,
            Architecture.Arm64 => SystemCallNumberArm64,
            _ => throw new PlatformNotSupportedException("DropMon knows the number of perf_event_open only on x64 and arm64."),
        };
        nint descriptor = SystemCall(number, ref attributes, process, cpu, NoGroup, CloseOnExec);
        return descriptor >= 0 ? new SafeFileDescriptor((int)descriptor) : throw SyscallException.FromLastError("perf_event_open", doing);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, ref PerfEventAttributes attributes, int process, int cpu, int group, nuint flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileDescriptor handle, ulong request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileDescriptor handle, ulong request, ref ulong argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileDescriptor handle, out PerfEventCount count, nint length);

    // What read(2) gives for PERF_FORMAT_LOST; without it, the first field alone.
    [StructLayout(LayoutKind.Sequential)]
    private struct PerfEventCount
    {
        public ulong Value;
        public ulong Lost;
    }
}

/// <summary>struct perf_event_attr as of PERF_ATTR_SIZE_VER5 (Linux 4.1): older kernels than DropMon supports have it all.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PerfEventAttributes
{
    public const uint StructureSize = 112;

    public uint Type;
    public uint Size;
    public ulong Config;
    public ulong SamplePeriod;
    public ulong SampleType;
    public ulong ReadFormat;
    public ulong Flags;
    public uint WakeupThreshold; // wakeup_events, or wakeup_watermark in bytes
    public uint BreakpointType;
    public ulong Config1;
    public ulong Config2;
    public ulong BranchSampleType;
    public ulong SampleRegistersUser;
    public uint SampleStackUser;
    public int ClockId;
    public ulong SampleRegistersInterrupt;
    public uint AuxWatermark;
    public ushort SampleMaxStack;
    public ushort Reserved;
}
