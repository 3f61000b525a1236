using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// The part of the program that finds the control group of the packet's socket: that of its sender while it is on the way out, and, where
/// the kernel passes it (Linux 6.11), that of the receiver.
/// </summary>
internal sealed class ControlGroupReader(SkbLayout layout)
{
    // Such sockets are shorter structures: only what they have in common (sock_common) may be read.
    private const int TimeWait = 6, NewRequest = 12; // TCP_TIME_WAIT, TCP_NEW_SYN_RECV
    private const int ReceiverArgument = 3 * sizeof(ulong);

    /// <summary>Writes the number of the control group to the event; 0 where there is none. Uses R0 to R5.</summary>
    /// <param name="code">The program.</param>
    /// <param name="context">Points to the arguments of the tracepoint.</param>
    /// <param name="packet">Points to struct sk_buff.</param>
    /// <param name="eventStart">Points to the event.</param>
    /// <param name="scratch">Eight bytes of the stack, from R10.</param>
    public void Write(BpfAssembler code, BpfRegister context, BpfRegister packet, BpfRegister eventStart, int scratch)
    {
        code.Store(BpfSize.Double, eventStart, EventLayout.ControlGroup, 0);
        if (layout.TryOffset("sock", "sk_cgrp_data") is null)
        {
            return; // CONFIG_SOCK_CGROUP_DATA is off.
        }

        // Each socket has instructions of its own: the verifier trusts the two pointers differently, and refuses to mix them.
        code.Load(BpfSize.Double, R2, packet, layout.Packet("sk"));
        WriteGroupOf(code, eventStart, scratch, "receiver");
        code.Label("receiver");
        if (layout.HasReceiver)
        {
            code.Load(BpfSize.Double, R2, context, ReceiverArgument);
            WriteGroupOf(code, eventStart, scratch, "group done");
        }

        code.Label("group done");
    }

    // R2 is the socket.
    private void WriteGroupOf(BpfAssembler code, BpfRegister eventStart, int scratch, string otherwise)
    {
        code.JumpIf(BpfCondition.Equal, R2, 0, otherwise);
        code.Load(BpfSize.Byte, R3, R2, layout.Offset("sock", "__sk_common.skc_state"));
        code.JumpIf(BpfCondition.Equal, R3, TimeWait, otherwise);
        code.JumpIf(BpfCondition.Equal, R3, NewRequest, otherwise);
        if (layout.TryOffset("sock", "sk_cgrp_data.cgroup") is { } group)
        {
            code.Load(BpfSize.Double, R3, R2, group);
            code.JumpIf(BpfCondition.Equal, R3, 0, otherwise);
            code.Load(BpfSize.Double, R3, R3, layout.Offset("cgroup", "kn"));
            code.Load(BpfSize.Double, R0, R3, layout.Offset("kernfs_node", "id"));
        }
        else
        {
            // Up to Linux 5.15 the pointer shares its place with numbers of cgroup1, whose lowest bit is set.
            code.Load(BpfSize.Double, R0, R2, layout.Offset("sock", "sk_cgrp_data.val"));
            code.Move(R3, R0);
            code.Alu(BpfOperation.And, R3, 1);
            code.JumpIf(BpfCondition.NotEqual, R3, 0, otherwise);
            code.Alu(BpfOperation.And, R0, ~3);
            code.JumpIf(BpfCondition.Equal, R0, 0, otherwise);
            KernelRead.Pointer(code, R0, layout.Offset("cgroup", "kn"), scratch);
            KernelRead.Pointer(code, R0, layout.Offset("kernfs_node", "id"), scratch);
        }

        code.Store(BpfSize.Double, eventStart, EventLayout.ControlGroup, R0);
        code.Jump("group done");
    }
}
