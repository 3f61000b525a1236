using System.Buffers.Binary;
using System.Text;

namespace DropMon.Sources.Ebpf.Assembly;

/// <summary>
/// Puts a BPF program together: instructions by name, jumps to labels, and a listing to read. One method appends one instruction, unless
/// it stands behind a jump and no jump before it leads there (include/uapi/linux/bpf.h,
/// Documentation/bpf/standardization/instruction-set.rst).
/// </summary>
internal sealed class BpfAssembler
{
    private const byte ClassLoadConstant = 0x00, ClassLoad = 0x01, ClassStoreConstant = 0x02, ClassStore = 0x03, ClassJump = 0x05,
        ClassAlu64 = 0x07;
    private const byte ModeMemory = 0x60, ModeAtomic = 0xc0;
    private const byte FromRegister = 0x08; // BPF_X
    private const byte Call = 0x80, Exit = 0x90;
    private const byte ToBigEndian = 0xdc; // BPF_ALU | BPF_END | BPF_TO_BE
    private const byte PseudoMap = 1, PseudoMapValue = 2; // BPF_PSEUDO_MAP_FD, BPF_PSEUDO_MAP_VALUE
    private const int InstructionSize = 8;

    private readonly List<Line> _lines = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly HashSet<string> _targets = [];
    private bool _isReachable = true;

    /// <summary>How many instructions there are; one with a constant of 64 bits counts twice.</summary>
    public int Count => _lines.Count;

    /// <summary>Marks the next instruction as the place that jumps to this name go to.</summary>
    public void Label(string name)
    {
        if (!_labels.TryAdd(name, _lines.Count))
        {
            throw new InvalidOperationException($"The label {name} stands twice.");
        }

        _isReachable |= _targets.Contains(name);
    }

    /// <summary>Loads a constant of 64 bits.</summary>
    public void Move64(BpfRegister to, ulong constant) => Append64(
        to, 0, (int)constant, $"{Name(to)} = 0x{constant:x}", (int)(constant >> 32));

    /// <summary>Turns a number in network order around; the rest of the register becomes 0.</summary>
    public void FromNetworkOrder(BpfRegister register, BpfSize size) => Append(
        ToBigEndian, register, 0, 0, size == BpfSize.Half ? 16 : size == BpfSize.Word ? 32 : 64,
            $"{Name(register)} = {Text(size)} from network order {Name(register)}");

    public void Move(BpfRegister to, BpfRegister from) => Alu(BpfOperation.Move, to, from);

    public void Move(BpfRegister to, int constant) => Alu(BpfOperation.Move, to, constant);

    public void Alu(BpfOperation operation, BpfRegister to, BpfRegister from) => Append(
        (byte)(ClassAlu64 | (byte)operation | FromRegister), to, from, 0, 0, $"{Name(to)} {Sign(operation)} {Name(from)}");

    public void Alu(BpfOperation operation, BpfRegister to, int constant) => Append(
        (byte)(ClassAlu64 | (byte)operation), to, 0, 0, constant, $"{Name(to)} {Sign(operation)} {constant}");

    public void Load(BpfSize size, BpfRegister to, BpfRegister from, int offset) => Append(
        (byte)(ClassLoad | ModeMemory | (byte)size), to, from, Offset(offset), 0,
            $"{Name(to)} = {Text(size)} [{Name(from)}{offset:+0;-0}]");

    public void Store(BpfSize size, BpfRegister to, int offset, BpfRegister from) => Append(
        (byte)(ClassStore | ModeMemory | (byte)size), to, from, Offset(offset), 0,
            $"{Text(size)} [{Name(to)}{offset:+0;-0}] = {Name(from)}");

    public void Store(BpfSize size, BpfRegister to, int offset, int constant) => Append(
        (byte)(ClassStoreConstant | ModeMemory | (byte)size), to, 0, Offset(offset), constant,
            $"{Text(size)} [{Name(to)}{offset:+0;-0}] = {constant}");

    /// <summary>Adds to memory as one step; on x64 also a full barrier.</summary>
    public void AtomicAdd(BpfRegister to, int offset, BpfRegister from) => Append(
        ClassStore | ModeAtomic | (byte)BpfSize.Double, to, from, Offset(offset), 0,
            $"atomic u64 [{Name(to)}{offset:+0;-0}] += {Name(from)}");

    /// <summary>Loads a map for a helper.</summary>
    public void LoadMap(BpfRegister to, int descriptor) => Append64(to, PseudoMap, descriptor, $"{Name(to)} = map {descriptor}");

    /// <summary>Loads the address of a map's first value.</summary>
    public void LoadMapValue(BpfRegister to, int descriptor) =>
        Append64(to, PseudoMapValue, descriptor, $"{Name(to)} = value of map {descriptor}");

    public void Jump(string label) => Append(ClassJump, 0, 0, 0, 0, $"goto {label}", label);

    public void JumpIf(BpfCondition condition, BpfRegister left, int constant, string label) => Append(
        (byte)(ClassJump | (byte)condition), left, 0, 0, constant, $"if {Name(left)} {Sign(condition)} {constant} goto {label}", label);

    public void JumpIf(BpfCondition condition, BpfRegister left, BpfRegister right, string label) => Append(
        (byte)(ClassJump | (byte)condition | FromRegister), left, right, 0, 0,
            $"if {Name(left)} {Sign(condition)} {Name(right)} goto {label}", label);

    public void CallHelper(BpfHelper helper) => Append(ClassJump | Call, 0, 0, 0, (int)helper, $"call {helper}");

    public void Return() => Append(ClassJump | Exit, 0, 0, 0, 0, "exit");

    /// <summary>The code, 8 bytes an instruction in the machine's byte order (little-endian on all that DropMon supports).</summary>
    /// <exception cref="InvalidOperationException">A jump goes to a label that does not stand.</exception>
    public byte[] Assemble()
    {
        byte[] code = new byte[_lines.Count * InstructionSize];
        for (int i = 0; i < _lines.Count; i++)
        {
            Line line = _lines[i];
            Span<byte> bytes = code.AsSpan(i * InstructionSize, InstructionSize);
            short offset = line.Target is null ? line.Offset : Distance(i, line.Target);
            bytes[0] = line.Opcode;
            bytes[1] = (byte)((byte)line.To | ((byte)line.From << 4));
            BinaryPrimitives.WriteInt16LittleEndian(bytes[2..], offset);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], line.Constant);
        }

        return code;
    }

    /// <summary>The program for people: a line an instruction, with labels.</summary>
    public string List()
    {
        var text = new StringBuilder();
        ILookup<int, string> labels = _labels.ToLookup(label => label.Value, label => label.Key);
        for (int i = 0; i < _lines.Count; i++)
        {
            foreach (string label in labels[i])
            {
                text.Append(label).Append(":\n");
            }

            if (_lines[i].Text is { } line)
            {
                text.Append($"{i,5}: {line}\n");
            }
        }

        return text.ToString();
    }

    private short Distance(int from, string label) => _labels.TryGetValue(label, out int to)
        ? checked((short)(to - from - 1))
        : throw new InvalidOperationException($"There is no label {label}.");

    private void Append64(BpfRegister to, byte pseudo, int constant, string text, int upper = 0)
    {
        Append(ClassLoadConstant | (byte)BpfSize.Double, to, (BpfRegister)pseudo, 0, constant, text);
        Add(new Line(0, 0, 0, 0, upper, null, null));
    }

    private void Append(byte opcode, BpfRegister to, BpfRegister from, short offset, int constant, string text, string? target = null)
    {
        Add(new Line(opcode, to, from, offset, constant, text, target));
        _isReachable &= opcode is not ClassJump and not (ClassJump | Exit);
    }

    // The verifier refuses what no path leads to.
    private void Add(Line line)
    {
        if (_isReachable)
        {
            _lines.Add(line);
            if (line.Target is not null)
            {
                _targets.Add(line.Target);
            }
        }
    }

    private static short Offset(int offset) => checked((short)offset);

    private static string Name(BpfRegister register) => $"r{(int)register}";

    private static string Text(BpfSize size) =>
        size switch { BpfSize.Byte => "u8", BpfSize.Half => "u16", BpfSize.Word => "u32", _ => "u64" };

    private static string Sign(BpfOperation operation) => operation switch
    {
        BpfOperation.Add => "+=",
        BpfOperation.Subtract => "-=",
        BpfOperation.Or => "|=",
        BpfOperation.And => "&=",
        BpfOperation.ShiftLeft => "<<=",
        BpfOperation.ShiftRight => ">>=",
        _ => "=",
    };

    private static string Sign(BpfCondition condition) => condition switch
    {
        BpfCondition.Equal => "==",
        BpfCondition.NotEqual => "!=",
        BpfCondition.AtMost => "<=",
        _ => "s<=",
    };

    private readonly record struct Line(byte Opcode, BpfRegister To, BpfRegister From, short Offset, int Constant, string? Text,
        string? Target);
}
