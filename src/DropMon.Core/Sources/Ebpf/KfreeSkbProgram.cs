using DropMon.Sources.Ebpf.Assembly;
using DropMon.Sources.Ebpf.Filtering;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// The program that the kernel runs for each dropped packet. It writes one event (<see cref="EventLayout"/>) to the ring, or counts that
/// there was no room. It reads through typed pointers where the kernel has them, and through bpf_probe_read_kernel the packet's bytes and
/// its route.
/// </summary>
internal sealed class KfreeSkbProgram(SkbLayout layout, int bytes, ProgramFilter filter)
{
    /// <summary>The licence that the helpers it calls demand.</summary>
    public const string License = "Dual MIT/GPL";

    public const int WrittenOffset = 0, RefusedOffset = 8, RejectedOffset = 16, CountsSize = 24;

    // Counts are done with before the namespace's operations are found.
    private const BpfRegister Context = R6, Packet = R7, Event = R8, Counts = R9, NamespaceOperations = R9;
    private const int KeyOnStack = -4, PointerOnStack = -16, DeviceOnStack = -24, NamespaceOnStack = -32;
    private const int NoMacHeader = 0xffff;
    private const int NoWakeUp = 1, ForceWakeUp = 2; // BPF_RB_NO_WAKEUP, BPF_RB_FORCE_WAKEUP
    private const int ArgumentSize = 8;

    /// <summary>Writes the program for these maps.</summary>
    /// <param name="ring">The ring of events.</param>
    /// <param name="counts">Per CPU: events written, events refused and drops rejected.</param>
    /// <param name="doorbell">A word that is not 0 while the reader wants to be woken.</param>
    /// <param name="stacks">The map of stacks; null where none are asked for.</param>
    public BpfAssembler Write(int ring, int counts, int doorbell, int? stacks = null)
    {
        var code = new BpfAssembler();
        code.Move(Context, R1);
        code.Load(BpfSize.Double, Packet, Context, 0);
        FindCounts(code, counts);
        new FilterCode(code, layout, filter).Write(Context, Packet, Counts, RejectedOffset, "end");
        Reserve(code, ring);
        WriteContext(code);
        if (stacks is { } map)
        {
            WriteStack(code, map);
        }

        WriteInterface(code);
        new ControlGroupReader(layout).Write(code, Context, Packet, Event, PointerOnStack);
        new PacketMetadataReader(layout).Write(code, Packet, Event);
        WriteBytes(code);
        Submit(code, doorbell);
        return code;
    }

    private static void FindCounts(BpfAssembler code, int counts)
    {
        code.Store(BpfSize.Word, R10, KeyOnStack, 0);
        code.LoadMap(R1, counts);
        code.Move(R2, R10);
        code.Alu(BpfOperation.Add, R2, KeyOnStack);
        code.CallHelper(BpfHelper.MapLookup);
        code.JumpIf(BpfCondition.Equal, R0, 0, "end");
        code.Move(Counts, R0);
    }

    private void Reserve(BpfAssembler code, int ring)
    {
        code.LoadMap(R1, ring);
        code.Move(R2, EventLayout.Bytes + bytes);
        code.Move(R3, 0);
        code.CallHelper(BpfHelper.RingReserve);
        code.JumpIf(BpfCondition.NotEqual, R0, 0, "reserved");
        code.Move(R1, 1);
        code.AtomicAdd(Counts, RefusedOffset, R1);
        code.Jump("end");
        code.Label("reserved");
        code.Move(Event, R0);
        // Also the barrier between the place taken in the ring and the look at the doorbell.
        code.Move(R1, 1);
        code.AtomicAdd(Counts, WrittenOffset, R1);
    }

    private void WriteContext(BpfAssembler code)
    {
        code.CallHelper(BpfHelper.MonotonicTime);
        code.Store(BpfSize.Double, Event, EventLayout.Time, R0);
        code.Load(BpfSize.Double, R1, Context, ArgumentSize);
        code.Store(BpfSize.Double, Event, EventLayout.Location, R1);
        if (layout.HasReason)
        {
            code.Load(BpfSize.Double, R1, Context, 2 * ArgumentSize);
            code.Store(BpfSize.Word, Event, EventLayout.Reason, R1);
        }
        else
        {
            code.Store(BpfSize.Word, Event, EventLayout.Reason, 0);
        }

        code.CallHelper(BpfHelper.Cpu);
        code.Store(BpfSize.Word, Event, EventLayout.Cpu, R0);
        code.CallHelper(BpfHelper.ProcessAndThread);
        code.Store(BpfSize.Double, Event, EventLayout.Thread, R0);
        ProcessNameCode.Load(code, layout);
        code.Store(BpfSize.Double, Event, EventLayout.ProcessName, R3);
        code.Store(BpfSize.Double, Event, EventLayout.ProcessName + sizeof(ulong), R4);
        code.Load(BpfSize.Half, R1, Packet, layout.Packet("protocol"));
        code.Store(BpfSize.Half, Event, EventLayout.Protocol, R1);
        code.Store(BpfSize.Half, Event, EventLayout.Protocol + 2, 0);
    }

    private static void WriteStack(BpfAssembler code, int stacks)
    {
        code.Move(R1, Context);
        code.LoadMap(R2, stacks);
        code.Move(R3, 0);
        code.CallHelper(BpfHelper.StackId);
        code.Store(BpfSize.Word, Event, EventLayout.Stack, R0);
    }

    // skb->dev shares its place with other things (rbnode, dev_scratch), and so may any pointer be stale: what one leads to is a device, or
    // a network namespace, only if that namespace has the operations that the current process's has.
    private void WriteInterface(BpfAssembler code)
    {
        code.Store(BpfSize.Double, Event, EventLayout.InterfaceIndex, 0);
        code.Store(BpfSize.Double, Event, EventLayout.InterfaceName, 0);
        code.Store(BpfSize.Double, Event, EventLayout.InterfaceName + sizeof(ulong), 0);
        FindNamespaceOperations(code, layout, NamespaceOperations);
        code.JumpIf(BpfCondition.Equal, NamespaceOperations, 0, "interface done");
        WritePacketDevice(code);
        code.Label("route");
        WriteRouteDevice(code);
        code.Label("socket");
        WriteSocketNamespace(code);
        code.Label("interface done");
    }

    /// <summary>Loads the operations that every network namespace has; 0 where they cannot be read.</summary>
    /// <param name="code">The program so far.</param>
    /// <param name="layout">Where the kernel has them.</param>
    /// <param name="to">A register that survives calls.</param>
    internal static void FindNamespaceOperations(BpfAssembler code, SkbLayout layout, BpfRegister to)
    {
        int[] path = [layout.Offset("task_struct", "nsproxy"), layout.Offset("nsproxy", "net_ns"), layout.Namespace("ns.ops")];
        code.CallHelper(layout.HasCurrentTask ? BpfHelper.CurrentTask : BpfHelper.CurrentTaskAddress);
        code.Move(to, R0);
        foreach (int offset in path)
        {
            if (layout.HasCurrentTask)
            {
                code.Load(BpfSize.Double, to, to, offset);
            }
            else
            {
                ReadPointer(code, to, offset);
                code.Move(to, R0);
            }
        }
    }

    private void WritePacketDevice(BpfAssembler code)
    {
        code.Load(BpfSize.Double, R2, Packet, layout.Packet("dev"));
        code.JumpIf(BpfCondition.Equal, R2, 0, "route");
        code.Load(BpfSize.Double, R3, R2, layout.Device("nd_net.net"));
        code.Load(BpfSize.Double, R4, R3, layout.Namespace("ns.ops"));
        code.JumpIf(BpfCondition.NotEqual, R4, NamespaceOperations, "route");
        code.Load(BpfSize.Word, R4, R3, layout.Namespace("ns.inum"));
        code.Store(BpfSize.Word, Event, EventLayout.NetworkNamespace, R4);
        code.Load(BpfSize.Word, R4, R2, layout.Device("ifindex"));
        code.Store(BpfSize.Word, Event, EventLayout.InterfaceIndex, R4);
        for (int half = 0; half < EventLayout.NameSize; half += sizeof(ulong))
        {
            code.Load(BpfSize.Double, R4, R2, layout.Device("name") + half);
            code.Store(BpfSize.Double, Event, EventLayout.InterfaceName + half, R4);
        }

        code.Jump("interface done");
    }

    // A packet on its way out belongs to no device before the last step: the one that its route leads to is meant. The packet holds the
    // route as a number whose lowest bit means something else (SKB_DST_NOREF), so it takes reads of untyped memory.
    private void WriteRouteDevice(BpfAssembler code)
    {
        code.Load(BpfSize.Double, R0, Packet, layout.Packet("_skb_refdst"));
        code.Alu(BpfOperation.And, R0, ~1);
        code.JumpIf(BpfCondition.Equal, R0, 0, "socket");
        ReadPointer(code, R0, layout.RouteDevice);
        code.JumpIf(BpfCondition.Equal, R0, 0, "socket");
        code.Store(BpfSize.Double, R10, DeviceOnStack, R0);
        ReadPointer(code, R0, layout.Device("nd_net.net"));
        code.Store(BpfSize.Double, R10, NamespaceOnStack, R0);
        ReadPointer(code, R0, layout.Namespace("ns.ops"));
        code.JumpIf(BpfCondition.NotEqual, R0, NamespaceOperations, "socket");
        Copy(code, NamespaceOnStack, layout.Namespace("ns.inum"), EventLayout.NetworkNamespace, sizeof(uint));
        Copy(code, DeviceOnStack, layout.Device("ifindex"), EventLayout.InterfaceIndex, sizeof(uint));
        Copy(code, DeviceOnStack, layout.Device("name"), EventLayout.InterfaceName, EventLayout.NameSize);
        code.Jump("interface done");
    }

    private void WriteSocketNamespace(BpfAssembler code)
    {
        code.Load(BpfSize.Double, R2, Packet, layout.Packet("sk"));
        code.JumpIf(BpfCondition.Equal, R2, 0, "interface done");
        code.Load(BpfSize.Double, R3, R2, layout.Offset("sock", "__sk_common.skc_net.net"));
        code.Load(BpfSize.Double, R4, R3, layout.Namespace("ns.ops"));
        code.JumpIf(BpfCondition.NotEqual, R4, NamespaceOperations, "interface done");
        code.Load(BpfSize.Word, R4, R3, layout.Namespace("ns.inum"));
        code.Store(BpfSize.Word, Event, EventLayout.NetworkNamespace, R4);
    }

    private static void ReadPointer(BpfAssembler code, BpfRegister from, int offset) =>
        KernelRead.Pointer(code, from, offset, PointerOnStack);

    private static void Copy(BpfAssembler code, int pointerOnStack, int offset, int field, int size)
    {
        code.Load(BpfSize.Double, R3, R10, pointerOnStack);
        code.Alu(BpfOperation.Add, R3, offset);
        code.Move(R1, Event);
        code.Alu(BpfOperation.Add, R1, field);
        code.Move(R2, size);
        code.CallHelper(BpfHelper.ReadKernel);
    }

    // From the link-layer header, or from the network header where there is none yet, to the end of what lies in one piece.
    private void WriteBytes(BpfAssembler code)
    {
        code.Store(BpfSize.Word, Event, EventLayout.Captured, 0);
        code.Store(BpfSize.Word, Event, EventLayout.OriginalLength, 0);
        code.Load(BpfSize.Half, R1, Packet, layout.Packet("mac_header"));
        code.JumpIf(BpfCondition.NotEqual, R1, NoMacHeader, "start");
        code.Load(BpfSize.Half, R1, Packet, layout.Packet("network_header"));
        code.Label("start");
        code.Load(BpfSize.Double, R5, Packet, layout.Packet("head"));
        code.Load(BpfSize.Double, R2, Packet, layout.Packet("data"));
        code.Alu(BpfOperation.Subtract, R2, R5);
        code.Load(BpfSize.Word, R3, Packet, layout.Packet("len"));
        code.Alu(BpfOperation.Add, R2, R3);
        code.Alu(BpfOperation.Subtract, R2, R1);
        code.JumpIf(BpfCondition.SignedAtMost, R2, 0, "no bytes");
        code.Store(BpfSize.Word, Event, EventLayout.OriginalLength, R2);
        code.Load(BpfSize.Word, R3, Packet, layout.Packet("tail"));
        code.Alu(BpfOperation.Subtract, R3, R1);
        code.JumpIf(BpfCondition.SignedAtMost, R3, 0, "no bytes");
        code.JumpIf(BpfCondition.AtMost, R3, bytes, "fits");
        code.Move(R3, bytes);
        code.Label("fits");
        code.Store(BpfSize.Word, Event, EventLayout.Captured, R3);
        code.Move(R2, R3);
        code.Move(R3, R5);
        code.Alu(BpfOperation.Add, R3, R1);
        code.Move(R1, Event);
        code.Alu(BpfOperation.Add, R1, EventLayout.Bytes);
        code.CallHelper(BpfHelper.ReadKernel);
        code.JumpIf(BpfCondition.Equal, R0, 0, "no bytes");
        code.Store(BpfSize.Word, Event, EventLayout.Captured, 0);
        code.Label("no bytes");
    }

    private static void Submit(BpfAssembler code, int doorbell)
    {
        code.Move(R2, NoWakeUp);
        code.LoadMapValue(R3, doorbell);
        code.Load(BpfSize.Double, R4, R3, 0);
        code.JumpIf(BpfCondition.Equal, R4, 0, "submit");
        code.Store(BpfSize.Double, R3, 0, 0);
        code.Move(R2, ForceWakeUp);
        code.Label("submit");
        code.Move(R1, Event);
        code.CallHelper(BpfHelper.RingSubmit);
        code.Label("end");
        code.Move(R0, 0);
        code.Return();
    }
}
