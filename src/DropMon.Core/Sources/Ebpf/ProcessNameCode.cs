using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// The part of the program that reads the name of the current process: that of its first thread. Others have names of their own, such as
/// <c>.NET TP Worker</c>.
/// </summary>
internal static class ProcessNameCode
{
    private const int NameOnStack = -64;

    /// <summary>R3 and R4 = the 16 bytes of the name, with zeros behind its end. Uses R0 to R5 and 16 bytes of the stack.</summary>
    public static void Load(BpfAssembler code, SkbLayout layout)
    {
        int leader = layout.Offset("task_struct", "group_leader");
        if (layout.HasCurrentTask)
        {
            code.CallHelper(BpfHelper.CurrentTask);
            code.Load(BpfSize.Double, R0, R0, leader);
        }
        else
        {
            code.CallHelper(BpfHelper.CurrentTaskAddress);
            KernelRead.Pointer(code, R0, leader, NameOnStack);
        }

        // Until Linux 5.17 a former, longer name may stand behind the end.
        code.Store(BpfSize.Double, R10, NameOnStack, 0);
        code.Store(BpfSize.Double, R10, NameOnStack + sizeof(ulong), 0);
        code.Move(R3, R0);
        code.Alu(BpfOperation.Add, R3, layout.Offset("task_struct", "comm"));
        code.Move(R1, R10);
        code.Alu(BpfOperation.Add, R1, NameOnStack);
        code.Move(R2, EventLayout.NameSize);
        code.CallHelper(BpfHelper.ReadKernelText);
        code.Load(BpfSize.Double, R3, R10, NameOnStack);
        code.Load(BpfSize.Double, R4, R10, NameOnStack + sizeof(ulong));
    }
}
