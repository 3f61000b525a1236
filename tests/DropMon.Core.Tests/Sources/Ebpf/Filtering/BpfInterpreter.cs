using System.Buffers.Binary;
using DropMon.Sources.Ebpf.Assembly;

namespace DropMon.Tests.Sources.Ebpf.Filtering;

/// <summary>
/// Runs what the assembler wrote, as the kernel's document says, over memory that a test makes. An address that no memory is at is an error
/// for a load and a failure for bpf_probe_read_kernel.
/// </summary>
internal sealed class BpfInterpreter
{
    private const ulong StackTop = 0x7000_0000;
    private const int StackSize = 512;
    private const int MostSteps = 100_000;

    private readonly ulong[] _registers = new ulong[11];
    private readonly List<(ulong Start, byte[] Bytes)> _memory = [];

    public BpfInterpreter() => AddMemory(StackTop - StackSize, new byte[StackSize]);

    /// <summary>What bpf_get_current_task_btf gives.</summary>
    public ulong Task { get; init; }

    public void AddMemory(ulong start, byte[] bytes) => _memory.Add((start, bytes));

    /// <summary>Runs a program; the answer is R0.</summary>
    public ulong Run(byte[] code, ulong context)
    {
        _registers[1] = context;
        _registers[10] = StackTop;
        int at = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            ReadOnlySpan<byte> instruction = code.AsSpan(at * 8, 8);
            byte opcode = instruction[0];
            int to = instruction[1] & 0xf, from = instruction[1] >> 4;
            short offset = BinaryPrimitives.ReadInt16LittleEndian(instruction[2..]);
            int constant = BinaryPrimitives.ReadInt32LittleEndian(instruction[4..]);
            at++;
            switch (opcode & 7)
            {
                case 0:
                    _registers[to] = (uint)constant | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(code.AsSpan((at * 8) + 4)) << 32);
                    at++;
                    break;
                case 1:
                    _registers[to] = Load(_registers[from] + (ulong)offset, Size(opcode));
                    break;
                case 2 or 3:
                    ulong value = (opcode & 7) == 2 ? (ulong)(long)constant : _registers[from];
                    ulong address = _registers[to] + (ulong)offset;
                    Store(address, Size(opcode), (opcode & 0xe0) == 0xc0 ? Load(address, Size(opcode)) + value : value);
                    break;
                case 4:
                    Assert.Equal((0xdc, 16), (opcode, constant));
                    _registers[to] = BinaryPrimitives.ReverseEndianness((ushort)_registers[to]);
                    break;
                case 7:
                    _registers[to] = Compute(opcode, _registers[to], (opcode & 8) != 0 ? _registers[from] : (ulong)(long)constant);
                    break;
                default:
                    if (opcode == 0x95)
                    {
                        return _registers[0];
                    }

                    if (opcode == 0x85)
                    {
                        Call((BpfHelper)constant);
                    }
                    else if (Jumps(opcode, _registers[to], (opcode & 8) != 0 ? _registers[from] : (ulong)(long)constant))
                    {
                        at += offset;
                    }

                    break;
            }
        }

        throw new InvalidOperationException("The program does not end.");
    }

    private static int Size(byte opcode) => (BpfSize)(opcode & 0x18) switch
    {
        BpfSize.Byte => 1,
        BpfSize.Half => 2,
        BpfSize.Word => 4,
        _ => 8,
    };

    private static ulong Compute(byte opcode, ulong left, ulong right) => (BpfOperation)(opcode & 0xf0) switch
    {
        BpfOperation.Add => left + right,
        BpfOperation.Subtract => left - right,
        BpfOperation.Or => left | right,
        BpfOperation.And => left & right,
        BpfOperation.ShiftLeft => left << (int)right,
        BpfOperation.ShiftRight => left >> (int)right,
        BpfOperation.Move => right,
        _ => throw new InvalidOperationException($"operation {opcode:x}"),
    };

    private static bool Jumps(byte opcode, ulong left, ulong right) => (opcode & 0xf0) == 0 || (BpfCondition)(opcode & 0xf0) switch
    {
        BpfCondition.Equal => left == right,
        BpfCondition.NotEqual => left != right,
        BpfCondition.AtMost => left <= right,
        BpfCondition.SignedAtMost => (long)left <= (long)right,
        _ => throw new InvalidOperationException($"condition {opcode:x}"),
    };

    private void Call(BpfHelper helper)
    {
        Span<byte> target = helper == BpfHelper.CurrentTask ? default : Find(_registers[1], (int)_registers[2]);
        switch (helper)
        {
            case BpfHelper.ReadKernelText:
                Span<byte> text = Find(_registers[3], (int)_registers[2]);
                text = text[..Math.Min(text.Length, text.IndexOf((byte)0) + 1)];
                text.CopyTo(target);
                _registers[0] = (ulong)text.Length;
                break;
            case BpfHelper.ReadKernel:
                Span<byte> source = Find(_registers[3], (int)_registers[2]);
                _registers[0] = source.IsEmpty ? unchecked((ulong)-14L) : 0;
                source.CopyTo(target);
                break;
            case BpfHelper.CurrentTask:
                _registers[0] = Task;
                break;
            default:
                throw new InvalidOperationException($"helper {helper}");
        }

        // A call spoils these.
        Array.Fill(_registers, 0xdead_dead_dead_deadUL, 1, 5);
    }

    private ulong Load(ulong address, int size)
    {
        Span<byte> bytes = Find(address, size);
        Assert.True(bytes.Length == size, $"There is no memory at {address:x}.");
        Span<byte> word = stackalloc byte[8];
        word.Clear();
        bytes.CopyTo(word);
        return BinaryPrimitives.ReadUInt64LittleEndian(word);
    }

    private void Store(ulong address, int size, ulong value)
    {
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..size].CopyTo(Find(address, size));
    }

    private Span<byte> Find(ulong address, int size)
    {
        foreach ((ulong start, byte[] bytes) in _memory)
        {
            if (address >= start && address + (ulong)size <= start + (ulong)bytes.Length)
            {
                return bytes.AsSpan((int)(address - start), size);
            }
        }

        return default;
    }
}
