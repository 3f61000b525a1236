using DropMon.Filters;
using DropMon.Sources.Ebpf.Assembly;
using static DropMon.Sources.Ebpf.Assembly.BpfRegister;

namespace DropMon.Sources.Ebpf.Filtering;

/// <summary>
/// The part of the program that rejects drops, before there is an event: the cheapest conditions first. It leaves the registers of the
/// packet, the context and the counts as they are.
/// </summary>
/// <param name="code">The program so far.</param>
/// <param name="layout">Where the kernel has what is read.</param>
/// <param name="filter">What to reject.</param>
internal sealed class FilterCode(BpfAssembler code, SkbLayout layout, ProgramFilter filter)
{
    private const string Rejected = "rejected", Accepted = "accepted";
    private const int ArgumentSize = 8;
    private const ulong NotAscii = 0x8080808080808080;

    private int _labels;

    /// <summary>Appends the filter; what it accepts goes on behind it.</summary>
    /// <param name="context">Holds the tracepoint's arguments.</param>
    /// <param name="packet">Holds the packet.</param>
    /// <param name="counts">Holds the counts of this CPU.</param>
    /// <param name="rejectedOffset">Where in them rejected drops are counted.</param>
    /// <param name="end">The label of the program's end.</param>
    public void Write(BpfRegister context, BpfRegister packet, BpfRegister counts, int rejectedOffset, string end)
    {
        if (filter.Fields.Count == 0)
        {
            return;
        }

        TestReason(context);
        TestProcess();
        if (filter.AsksForPacket)
        {
            new PacketCode(code, layout, filter, this, Rejected).Write(packet);
        }

        if (filter.AsksForDevice)
        {
            TestDevice(packet);
        }

        code.Jump(Accepted);
        code.Label(Rejected);
        code.Move(R1, 1);
        code.AtomicAdd(counts, rejectedOffset, R1);
        code.Jump(end);
        code.Label(Accepted);
    }

    /// <summary>A label that stands nowhere else.</summary>
    public string NewLabel(string name) => $"{name} {++_labels}";

    /// <summary>Goes to a label if a number is in one of some ranges, by halving them; else goes on.</summary>
    public void JumpIfIn(IReadOnlyList<NumberRange> ranges, BpfRegister number, string label) =>
        JumpIfIn(ranges, 0, ranges.Count, number, label, NewLabel("outside"), isOutermost: true);

    /// <summary>Goes to a label if two words are none of some names; else goes on.</summary>
    /// <param name="names">The names.</param>
    /// <param name="undecided">Where to go if the words are no ASCII.</param>
    /// <param name="otherwise">Where to go if they are another name.</param>
    public void JumpUnlessName(IReadOnlyList<KernelName> names, string undecided, string otherwise)
    {
        string found = NewLabel("name found");
        code.Move(R1, R3);
        code.Alu(BpfOperation.Or, R1, R4);
        code.Move64(R2, NotAscii);
        code.Alu(BpfOperation.And, R1, R2);
        code.JumpIf(BpfCondition.NotEqual, R1, 0, undecided);
        // Without a first byte there is no name, and the matcher asks elsewhere.
        code.Move(R1, R3);
        code.Alu(BpfOperation.And, R1, byte.MaxValue);
        code.JumpIf(BpfCondition.Equal, R1, 0, undecided);
        foreach (KernelName name in names)
        {
            string next = NewLabel("next name");
            JumpUnlessWord(R3, name.FirstCase, name.First, next);
            JumpUnlessWord(R4, name.LastCase, name.Last, next);
            code.Jump(found);
            code.Label(next);
        }

        code.Jump(otherwise);
        code.Label(found);
    }

    private void TestReason(BpfRegister context)
    {
        if (filter.UnwantedReasons is { } unwanted && layout.HasReason)
        {
            code.Load(BpfSize.Double, R1, context, 2 * ArgumentSize);
            // The event holds 32 bits of it.
            code.Alu(BpfOperation.ShiftLeft, R1, 32);
            code.Alu(BpfOperation.ShiftRight, R1, 32);
            JumpIfIn(unwanted, R1, Rejected);
        }
    }

    private void TestProcess()
    {
        if (filter.Processes is not { } processes)
        {
            return;
        }

        ProcessNameCode.Load(code, layout);
        string done = NewLabel("process done");
        JumpUnlessName(processes, done, Rejected);
        code.Label(done);
    }

    // The packet's own device, if it has one that is valid. What belongs to another is decided above.
    private void TestDevice(BpfRegister packet)
    {
        const BpfRegister Operations = R8;
        string done = NewLabel("device done");
        KfreeSkbProgram.FindNamespaceOperations(code, layout, Operations);
        code.JumpIf(BpfCondition.Equal, Operations, 0, done);
        code.Load(BpfSize.Double, R2, packet, layout.Packet("dev"));
        code.JumpIf(BpfCondition.Equal, R2, 0, done);
        code.Load(BpfSize.Double, R3, R2, layout.Device("nd_net.net"));
        code.Load(BpfSize.Double, R4, R3, layout.Namespace("ns.ops"));
        code.JumpIf(BpfCondition.NotEqual, R4, Operations, done);
        if (filter.Namespaces is { } namespaces)
        {
            TestNamespace(namespaces);
        }

        if (filter.Interfaces is { } interfaces)
        {
            code.Load(BpfSize.Double, R3, R2, layout.Device("name"));
            code.Load(BpfSize.Double, R4, R2, layout.Device("name") + sizeof(ulong));
            JumpUnlessName(interfaces, done, Rejected);
        }

        code.Label(done);
    }

    private void TestNamespace(IReadOnlyList<uint> namespaces)
    {
        string found = NewLabel("namespace found");
        code.Load(BpfSize.Word, R4, R3, layout.Namespace("ns.inum"));
        foreach (uint inode in namespaces)
        {
            code.Move64(R5, inode);
            code.JumpIf(BpfCondition.Equal, R4, R5, found);
        }

        code.Jump(Rejected);
        code.Label(found);
    }

    private void JumpUnlessWord(BpfRegister word, ulong letters, ulong wanted, string otherwise)
    {
        code.Move(R1, word);
        if (letters != 0)
        {
            code.Move64(R5, letters);
            code.Alu(BpfOperation.Or, R1, R5);
        }

        code.Move64(R5, wanted);
        code.JumpIf(BpfCondition.NotEqual, R1, R5, otherwise);
    }

    // Constants of a jump have 31 bits without a sign; all numbers here fit.
    private void JumpIfIn(
        IReadOnlyList<NumberRange> ranges, int from, int to, BpfRegister number, string label, string outside, bool isOutermost)
    {
        if (to - from <= 1)
        {
            if (to > from)
            {
                JumpIfIn(ranges[from], number, label, outside);
            }
        }
        else
        {
            int middle = (from + to) / 2;
            string lower = NewLabel("lower");
            code.JumpIf(BpfCondition.AtMost, number, (int)ranges[middle - 1].Last, lower);
            JumpIfIn(ranges, middle, to, number, label, outside, isOutermost: false);
            code.Jump(outside);
            code.Label(lower);
            JumpIfIn(ranges, from, middle, number, label, outside, isOutermost: false);
        }

        if (isOutermost)
        {
            code.Label(outside);
        }
    }

    private void JumpIfIn(NumberRange range, BpfRegister number, string label, string outside)
    {
        if (range.First == range.Last)
        {
            code.JumpIf(BpfCondition.Equal, number, (int)range.First, label);
            return;
        }

        if (range.First > 0)
        {
            code.JumpIf(BpfCondition.AtMost, number, (int)range.First - 1, outside);
        }

        code.JumpIf(BpfCondition.AtMost, number, (int)range.Last, label);
    }
}
