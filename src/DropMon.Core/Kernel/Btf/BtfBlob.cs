using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Kernel.Btf;

/// <summary>
/// The kernel's own description of its types (BPF Type Format): of the kernel proper, or of a module, whose strings go on where
/// the kernel's end. Only enumerations are looked at; every length is checked.
/// </summary>
internal sealed class BtfBlob
{
    private const ushort Magic = 0xeb9f; // BTF_MAGIC, in the machine's byte order
    private const int HeaderSize = 24; // struct btf_header as of Linux 4.18; later ones are longer
    public const int TypeSize = 12; // struct btf_type
    private const int EnumeratorSize = 8; // struct btf_enum
    private const int Enumerator64Size = 12; // struct btf_enum64
    private const int KindEnum = 6; // BTF_KIND_ENUM
    private const int KindEnum64 = 19; // BTF_KIND_ENUM64

    private readonly ReadOnlyMemory<byte> _types;
    private readonly ReadOnlyMemory<byte> _strings;
    private readonly BtfBlob? _base;
    private readonly uint _firstString;

    private BtfBlob(ReadOnlyMemory<byte> types, ReadOnlyMemory<byte> strings, BtfBlob? kernel)
    {
        _types = types;
        _strings = strings;
        _base = kernel;
        _firstString = kernel is null ? 0 : kernel._firstString + (uint)kernel._strings.Length;
    }

    /// <summary>Finds the sections; null when the bytes are no BTF of this machine.</summary>
    /// <param name="bytes">A file of /sys/kernel/btf.</param>
    /// <param name="kernel">For a module's: that of the kernel proper.</param>
    public static BtfBlob? TryParse(ReadOnlyMemory<byte> bytes, BtfBlob? kernel = null)
    {
        ReadOnlySpan<byte> header = bytes.Span;
        if (header.Length < HeaderSize || MemoryMarshal.Read<ushort>(header) != Magic)
        {
            return null;
        }

        ulong length = MemoryMarshal.Read<uint>(header[4..]);
        return length >= HeaderSize
            && TrySection(
                bytes, length + MemoryMarshal.Read<uint>(header[8..]), MemoryMarshal.Read<uint>(header[12..]),
                out ReadOnlyMemory<byte> types)
            && TrySection(
                bytes, length + MemoryMarshal.Read<uint>(header[16..]), MemoryMarshal.Read<uint>(header[20..]),
                out ReadOnlyMemory<byte> strings)
                ? new BtfBlob(types, strings, kernel)
                : null;
    }

    /// <summary>The section of types.</summary>
    public ReadOnlySpan<byte> Types => _types.Span;

    /// <summary>
    /// Where each type starts in <see cref="Types"/>, the first is type 1. A type of an unknown kind has an unknown length and ends the
    /// walk.
    /// </summary>
    public List<int> TypeStarts()
    {
        var starts = new List<int>();
        ReadOnlySpan<byte> types = _types.Span;
        for (int at = 0; TryMeasure(types[at..], out _, out _, out int size); at += size)
        {
            starts.Add(at);
        }

        return starts;
    }

    /// <summary>
    /// The enumerations whose tag holds <paramref name="part"/>. A type of an unknown kind has an unknown length and ends the walk.
    /// </summary>
    public List<BtfEnum> FindEnums(ReadOnlySpan<byte> part)
    {
        var found = new List<BtfEnum>();
        ReadOnlySpan<byte> rest = _types.Span;
        for (; TryMeasure(rest, out int kind, out int detail, out int size); rest = rest[size..])
        {
            if (kind is KindEnum or KindEnum64)
            {
                ReadOnlySpan<byte> name = Text(MemoryMarshal.Read<uint>(rest));
                if (name.IndexOf(part) >= 0)
                {
                    found.Add(new BtfEnum(Encoding.UTF8.GetString(name), ReadValues(rest.Slice(TypeSize, detail), kind)));
                }
            }
        }

        return found;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> type, out int kind, out int detail, out int size)
    {
        kind = detail = size = 0;
        if (type.Length < TypeSize)
        {
            return false;
        }

        uint info = MemoryMarshal.Read<uint>(type[4..]);
        kind = (int)(info >> 24) & 0x1f;
        detail = DetailSize(kind, (int)(info & 0xffff)) ?? int.MaxValue;
        bool fits = detail <= type.Length - TypeSize;
        size = fits ? TypeSize + detail : 0;
        return fits;
    }

    private static bool TrySection(ReadOnlyMemory<byte> bytes, ulong offset, uint length, out ReadOnlyMemory<byte> section)
    {
        bool fits = offset + length <= (ulong)bytes.Length;
        section = fits ? bytes.Slice((int)offset, (int)length) : default;
        return fits;
    }

    // What follows struct btf_type (include/uapi/linux/btf.h).
    private static int? DetailSize(int kind, int members) => kind switch
    {
        1 or 14 or 17 => 4, // INT, VAR, DECL_TAG
        3 => 12, // ARRAY
        4 or 5 or 15 => members * 12, // STRUCT, UNION, DATASEC
        KindEnum => members * EnumeratorSize,
        13 => members * 8, // FUNC_PROTO
        KindEnum64 => members * Enumerator64Size,
        2 or (>= 7 and <= 12) or 16 or 18 => 0, // PTR, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FLOAT, TYPE_TAG
        _ => null,
    };

    private List<BtfEnumerator> ReadValues(ReadOnlySpan<byte> members, int kind)
    {
        int size = kind == KindEnum ? EnumeratorSize : Enumerator64Size;
        var values = new List<BtfEnumerator>(members.Length / size);
        for (; members.Length >= size; members = members[size..])
        {
            // A reason has 32 bits.
            if (kind == KindEnum || MemoryMarshal.Read<uint>(members[8..]) == 0)
            {
                values.Add(
                    new BtfEnumerator(
                        Encoding.UTF8.GetString(Text(MemoryMarshal.Read<uint>(members))), MemoryMarshal.Read<uint>(members[4..])));
            }
        }

        return values;
    }

    /// <summary>A name by its offset; empty where there is none.</summary>
    public ReadOnlySpan<byte> Text(uint offset)
    {
        if (offset < _firstString)
        {
            return _base!.Text(offset);
        }

        offset -= _firstString;
        if (offset >= (uint)_strings.Length)
        {
            return default;
        }

        ReadOnlySpan<byte> text = _strings.Span[(int)offset..];
        int end = text.IndexOf((byte)0);
        return end < 0 ? default : text[..end];
    }
}
