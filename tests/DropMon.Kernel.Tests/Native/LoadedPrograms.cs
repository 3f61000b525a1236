using System.Globalization;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>BPF programs that the kernel has loaded.</summary>
internal static unsafe partial class LoadedPrograms
{
    private const nint ProgramById = 13; // BPF_PROG_GET_FD_BY_ID
    private const int AttributeSize = 16;
    private const string Key = "prog_id:";

    /// <summary>
    /// The programs that a process holds, by their number: each once, whether by a descriptor of its own or of what attaches it.
    /// </summary>
    public static IReadOnlyList<uint> Of(int process) =>
    [
        .. Directory.EnumerateFiles($"/proc/{process}/fdinfo")
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith(Key, StringComparison.Ordinal))
            .Select(line => uint.Parse(line.AsSpan(Key.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture))
            .Distinct(),
    ];

    /// <summary>Whether the kernel still has a program.</summary>
    public static bool Exists(uint program)
    {
        uint* attributes = stackalloc uint[AttributeSize / sizeof(uint)];
        (attributes[0], attributes[1], attributes[2], attributes[3]) = (program, 0, 0, 0);
        nint number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321;
        nint descriptor = SystemCall(number, ProgramById, attributes, AttributeSize);
        if (descriptor >= 0)
        {
            new SafeFileDescriptor((int)descriptor).Dispose();
            return true;
        }

        Assert.Equal(Errno.ENOENT, Marshal.GetLastPInvokeError());
        return false;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, void* attributes, nint size);
}
