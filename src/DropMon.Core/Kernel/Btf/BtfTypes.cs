using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Kernel.Btf;

/// <summary>A member of a structure of the kernel.</summary>
/// <param name="BitOffset">Where it starts, in bits from the structure's start.</param>
/// <param name="BitSize">How many bits a bit field has; 0 for other members.</param>
/// <param name="Type">The number of its type.</param>
internal readonly record struct BtfMember(uint BitOffset, uint BitSize, uint Type)
{
    public int Offset => (int)(BitOffset / 8);
}

/// <summary>
/// Finds structures, members and typedefs in the kernel's BTF by name. Every number is checked against the bytes at hand.
/// </summary>
internal sealed class BtfTypes
{
    private const int KindPointer = 2; // BTF_KIND_PTR
    private const int KindStruct = 4, KindUnion = 5, KindTypedef = 8, KindFunction = 12, KindFunctionPrototype = 13;
    private const int MemberSize = 12; // struct btf_member
    private const uint BitFieldFlag = 1u << 31; // the kind_flag of struct btf_type: offsets hold the size of bit fields
    private const int DeepestNesting = 16;

    private readonly BtfBlob _blob;
    private readonly int[] _starts;

    private BtfTypes(BtfBlob blob, int[] starts)
    {
        _blob = blob;
        _starts = starts;
    }

    /// <summary>Indexes the types; null when the bytes are no BTF of this machine.</summary>
    public static BtfTypes? TryParse(ReadOnlyMemory<byte> bytes) =>
        BtfBlob.TryParse(bytes) is { } blob ? new BtfTypes(blob, [.. blob.TypeStarts()]) : null;

    /// <summary>The number of a typedef; null where there is none of that name.</summary>
    public uint? FindTypedef(string name) => Find(name, KindTypedef);

    /// <summary>Whether the kernel has a function of that name.</summary>
    public bool HasFunction(string name) => Find(name, KindFunction) is not null;

    /// <summary>
    /// How many arguments a tracepoint passes to its programs, behind the one that the kernel keeps to itself; null without such a
    /// tracepoint.
    /// </summary>
    public int? CountTracepointArguments(string tracepoint) =>
        FindTypedef("btf_trace_" + tracepoint) is { } typedef
        && TypeBehind(typedef) is { } pointer && KindOf(pointer) == KindPointer
        && TypeBehind(pointer) is { } prototype && KindOf(prototype) == KindFunctionPrototype
            ? Math.Max(0, MembersOf(prototype) - 1)
            : null;

    /// <summary>The member at a path of names from a structure on; null where the kernel has none.</summary>
    /// <param name="structure">The structure's name.</param>
    /// <param name="path">Names with dots between them; members of unnamed structures and unions count as the structure's own.</param>
    public BtfMember? FindMember(string structure, string path)
    {
        uint? type = Find(structure, KindStruct);
        BtfMember found = default;
        foreach (string name in path.Split('.'))
        {
            if (type is null || FindMember(type.Value, Encoding.UTF8.GetBytes(name), 0) is not { } member)
            {
                return null;
            }

            found = member with { BitOffset = found.BitOffset + member.BitOffset };
            type = StructureOf(member.Type);
        }

        return found;
    }

    private BtfMember? FindMember(uint structure, ReadOnlySpan<byte> name, int depth)
    {
        ReadOnlySpan<byte> type = TypeAt(structure);
        uint info = Info(type);
        bool hasBitFields = (info & BitFieldFlag) != 0;
        for (int i = 0; i < MembersOf(structure); i++)
        {
            ReadOnlySpan<byte> member = type[(BtfBlob.TypeSize + (i * MemberSize))..];
            uint memberType = MemoryMarshal.Read<uint>(member[4..]);
            uint offset = MemoryMarshal.Read<uint>(member[8..]);
            uint bits = hasBitFields ? offset >> 24 : 0;
            offset = hasBitFields ? offset & 0xffffff : offset;
            ReadOnlySpan<byte> memberName = _blob.Text(MemoryMarshal.Read<uint>(member));
            if (memberName.SequenceEqual(name))
            {
                return new BtfMember(offset, bits, memberType);
            }

            if (memberName.IsEmpty
                && depth < DeepestNesting
                && StructureOf(memberType) is { } inner
                && FindMember(inner, name, depth + 1) is { } nested)
            {
                return nested with { BitOffset = nested.BitOffset + offset };
            }
        }

        return null;
    }

    // Typedefs and qualifiers in front of a structure or union; null for all else.
    private uint? StructureOf(uint type)
    {
        for (int i = 0; i < DeepestNesting; i++)
        {
            switch (KindOf(type))
            {
                case KindStruct or KindUnion:
                    return type;
                case KindTypedef or 9 or 10 or 11 or 18: // VOLATILE, CONST, RESTRICT, TYPE_TAG
                    type = TypeBehind(type) ?? 0;
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    private uint? Find(string name, int kind)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        for (uint id = 1; id <= _starts.Length; id++)
        {
            ReadOnlySpan<byte> type = TypeAt(id);
            if (((Info(type) >> 24) & 0x1f) == kind && _blob.Text(MemoryMarshal.Read<uint>(type)).SequenceEqual(wanted))
            {
                return id;
            }
        }

        return null;
    }

    private int KindOf(uint id) => TypeAt(id) is { IsEmpty: false } type ? (int)(Info(type) >> 24) & 0x1f : 0;

    private int MembersOf(uint id) => TypeAt(id) is { IsEmpty: false } type ? (int)(Info(type) & 0xffff) : 0;

    private uint? TypeBehind(uint id) => TypeAt(id) is { IsEmpty: false } type ? MemoryMarshal.Read<uint>(type[8..]) : null;

    // Type 0 is void; the walk that found the starts has checked that what follows each is there.
    private ReadOnlySpan<byte> TypeAt(uint id) => id >= 1 && id <= _starts.Length ? _blob.Types[_starts[id - 1]..] : default;

    private static uint Info(ReadOnlySpan<byte> type) => MemoryMarshal.Read<uint>(type[4..]);
}
