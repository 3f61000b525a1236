using System.Buffers.Binary;
using System.Text;
using DropMon.Text;

namespace DropMon.Sources.Ebpf.Filtering;

/// <summary>
/// A name of 16 bytes, of a process (TASK_COMM_LEN) or an interface (IFNAMSIZ), as two words to compare in any case. The bit that tells
/// the case of a letter is set in both sides; nothing but the two cases of that letter then compares as equal.
/// </summary>
/// <param name="First">The first 8 bytes, with the bits of <paramref name="FirstCase"/> set.</param>
/// <param name="Last">The last 8 bytes, zeros behind the name's end.</param>
/// <param name="FirstCase">0x20 at each letter.</param>
/// <param name="LastCase">The same for the last 8 bytes.</param>
internal sealed record KernelName(ulong First, ulong Last, ulong FirstCase, ulong LastCase)
{
    public const int Size = 16;

    private const byte CaseBit = 0x20;

    /// <summary>Reads a pattern that stands for one name which the kernel holds as it is written; null for any other.</summary>
    public static KernelName? TryRead(string pattern)
    {
        // What is not ASCII compares by other rules, and a backslash may be part of an escape.
        if (NamePattern.Parse(pattern).Name is not { Length: > 0 and < Size } name || name.Any(c => c is < ' ' or > '~' or '\\'))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Size];
        Span<byte> letters = stackalloc byte[Size];
        bytes.Clear();
        letters.Clear();
        Encoding.ASCII.GetBytes(name, bytes);
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetter(name[i]))
            {
                letters[i] = CaseBit;
                bytes[i] |= CaseBit;
            }
        }

        return new KernelName(Word(bytes), Word(bytes[8..]), Word(letters), Word(letters[8..]));
    }

    private static ulong Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
