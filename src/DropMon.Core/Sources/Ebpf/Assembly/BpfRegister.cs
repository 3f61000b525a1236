namespace DropMon.Sources.Ebpf.Assembly;

/// <summary>
/// The registers of a BPF program. A call takes its arguments in R1 to R5 and overwrites R0 to R5; R6 to R9 survive it; R10 is the stack's
/// top.
/// </summary>
internal enum BpfRegister : byte
{
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10,
}

/// <summary>How much a load or store moves; the value is the instruction's size field.</summary>
internal enum BpfSize : byte
{
    Word = 0x00,
    Half = 0x08,
    Byte = 0x10,
    Double = 0x18,
}

/// <summary>Operations between a register and a register or a constant; the value is the instruction's operation field.</summary>
internal enum BpfOperation : byte
{
    Add = 0x00,
    Subtract = 0x10,
    Or = 0x40,
    And = 0x50,
    ShiftLeft = 0x60,
    ShiftRight = 0x70,
    Move = 0xb0,
}

/// <summary>Conditions of a jump; the value is the instruction's operation field.</summary>
internal enum BpfCondition : byte
{
    Equal = 0x10,
    NotEqual = 0x50,
    AtMost = 0xb0,
    SignedAtMost = 0xd0,
}

/// <summary>Functions of the kernel that a program may call, by their number (enum bpf_func_id).</summary>
internal enum BpfHelper
{
    MapLookup = 1, // bpf_map_lookup_elem
    MonotonicTime = 5, // bpf_ktime_get_ns
    Cpu = 8, // bpf_get_smp_processor_id
    ProcessAndThread = 14, // bpf_get_current_pid_tgid
    StackId = 27, // bpf_get_stackid
    CurrentTaskAddress = 35, // bpf_get_current_task
    ReadKernel = 113, // bpf_probe_read_kernel
    ReadKernelText = 115, // bpf_probe_read_kernel_str
    RingReserve = 131, // bpf_ringbuf_reserve, Linux 5.8
    RingSubmit = 132, // bpf_ringbuf_submit
    CurrentTask = 158, // bpf_get_current_task_btf, Linux 5.11
}
