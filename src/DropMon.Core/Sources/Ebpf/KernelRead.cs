using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf;

/// <summary>Reads of kernel memory that has no type for the verifier.</summary>
internal static class KernelRead
{
    /// <summary>R0 = the 8 bytes at a register plus an offset; 0 where they cannot be read. Uses R1 to R5.</summary>
    /// <param name="code">The program.</param>
    /// <param name="from">The address.</param>
    /// <param name="offset">What is added to it.</param>
    /// <param name="scratch">Eight bytes of the stack, from R10.</param>
    public static void Pointer(BpfAssembler code, BpfRegister from, int offset, int scratch)
    {
        code.Move(R3, from);
        code.Alu(BpfOperation.Add, R3, offset);
        code.Move(R1, R10);
        code.Alu(BpfOperation.Add, R1, scratch);
        code.Move(R2, sizeof(ulong));
        code.CallHelper(BpfHelper.ReadKernel);
        code.Load(BpfSize.Double, R0, R10, scratch);
    }
}
