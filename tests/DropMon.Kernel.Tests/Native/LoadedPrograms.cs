using System.Runtime.InteropServices;
using System.Text;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>The BPF programs that the kernel has (BPF_PROG_GET_NEXT_ID).</summary>
internal static unsafe partial class LoadedPrograms
{
    private const nint ProgramNextId = 11, ProgramById = 13, InfoByDescriptor = 15;
    private const int NameOffset = 64; // bpf_prog_info.name
    private const int NameSize = 16;
    private const int AttributeSize = 16;

    /// <summary>How many have that name.</summary>
    public static int Count(string name)
    {
        int count = 0;
        uint* attributes = stackalloc uint[AttributeSize / sizeof(uint)];
        for (uint id = 0; ;)
        {
            (attributes[0], attributes[1], attributes[2], attributes[3]) = (id, 0, 0, 0);
            if (Call(ProgramNextId, attributes) < 0)
            {
                return count;
            }

            id = attributes[1];
            (attributes[0], attributes[1], attributes[2], attributes[3]) = (id, 0, 0, 0);
            nint descriptor = Call(ProgramById, attributes);
            if (descriptor >= 0)
            {
                using var program = new SafeFileDescriptor((int)descriptor);
                count += NameOf(program) == name ? 1 : 0;
            }
        }
    }

    private static string NameOf(SafeFileDescriptor program)
    {
        byte* info = stackalloc byte[NameOffset + NameSize];
        uint* attributes = stackalloc uint[AttributeSize / sizeof(uint)];
        attributes[0] = (uint)program.DangerousGetHandle();
        attributes[1] = NameOffset + NameSize;
        *(ulong*)(attributes + 2) = (ulong)info;
        Assert.True(Call(InfoByDescriptor, attributes) >= 0, $"bpf failed: errno {Marshal.GetLastPInvokeError()}");
        return Encoding.ASCII.GetString(info + NameOffset, NameSize).TrimEnd('\0');
    }

    private static nint Call(nint command, void* attributes) =>
        SystemCall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 280 : 321, command, attributes, AttributeSize);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, void* attributes, nint size);
}
