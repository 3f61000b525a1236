using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.KernelTests.Native;

/// <summary>Attaches a socket filter that takes every packet, or none (SO_ATTACH_FILTER).</summary>
internal static unsafe partial class SocketFilter
{
    private const int SolSocket = 1;
    private const int AttachFilter = 26; // SO_ATTACH_FILTER
    private const ushort ReturnConstant = 0x06; // BPF_RET | BPF_K

    public static void Attach(SafeHandle socket, bool accepts)
    {
        var instruction = new Instruction { Code = ReturnConstant, Constant = accepts ? uint.MaxValue : 0 };
        var program = new Program { Length = 1, Instructions = &instruction };
        if (SetOption(socket, SolSocket, AttachFilter, program, sizeof(Program)) < 0)
        {
            throw new Win32Exception();
        }
    }

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeHandle socket, int level, int name, in Program program, int length);

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        public ushort Code;
        public byte JumpTrue;
        public byte JumpFalse;
        public uint Constant;
    }

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
