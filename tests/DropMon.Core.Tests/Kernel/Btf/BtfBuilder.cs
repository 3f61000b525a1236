using System.Text;

namespace DropMon.Tests.Kernel.Btf;

/// <summary>Writes type descriptions as the kernel does, enumerations between types of other kinds.</summary>
internal sealed class BtfBuilder
{
    private readonly List<byte> _types = [];
    private readonly List<byte> _strings = [];
    private readonly int _firstString;

    /// <param name="kernel">For a module: the kernel's builder, whose strings come first.</param>
    public BtfBuilder(BtfBuilder? kernel = null)
    {
        _firstString = kernel is null ? 0 : kernel._firstString + kernel._strings.Count;
        if (kernel is null)
        {
            _strings.Add(0);
        }
    }

    public BtfBuilder Enum(string name, params (string Name, uint Value)[] values)
    {
        Type(name, 6, values.Length, 4);
        foreach ((string constant, uint value) in values)
        {
            Words(Text(constant), value);
        }

        return this;
    }

    public BtfBuilder Enum64(string name, params (string Name, ulong Value)[] values)
    {
        Type(name, 19, values.Length, 8);
        foreach ((string constant, ulong value) in values)
        {
            Words(Text(constant), (uint)value, (uint)(value >> 32));
        }

        return this;
    }

    /// <summary>Adds one type of every other kind, each with the detail that the kernel gives it.</summary>
    public BtfBuilder EveryOtherKind()
    {
        foreach ((int kind, int members, int words) in (
            ReadOnlySpan<(int, int, int)>)[(1, 0, 1), (2, 0, 0), (3, 0, 3), (4, 2, 6), (5, 1, 3), (7, 0, 0), (8, 0, 0), (9, 0, 0),
                (10, 0, 0), (11, 0, 0), (12, 0, 0), (13, 2, 4), (14, 0, 1), (15, 1, 3), (16, 0, 0), (17, 0, 1), (18, 0, 0)])
        {
            Type("kind" + kind, kind, members, 1);
            Words(new uint[words]);
        }

        return this;
    }

    public BtfBuilder Type(string name, int kind, int members, uint size)
    {
        Words(Text(name), ((uint)kind << 24) | (uint)members, size);
        return this;
    }

    /// <summary>Adds a structure or union of members with type and offset in bits.</summary>
    public BtfBuilder Struct(string name, bool isUnion, params (string Name, uint Type, uint Bits)[] members)
    {
        Type(name, isUnion ? 5 : 4, members.Length, 64);
        foreach ((string member, uint type, uint bits) in members)
        {
            Words(Text(member), type, bits);
        }

        return this;
    }

    /// <summary>Adds a structure whose members are bit fields with type, size and offset in bits.</summary>
    public BtfBuilder BitFields(string name, params (string Name, uint Type, uint Size, uint Bits)[] members)
    {
        Words(Text(name), (1u << 31) | (4u << 24) | (uint)members.Length, 4);
        foreach ((string member, uint type, uint size, uint bits) in members)
        {
            Words(Text(member), type, (size << 24) | bits);
        }

        return this;
    }

    /// <summary>Adds a function's type with this many unnamed parameters.</summary>
    public BtfBuilder Prototype(int parameters)
    {
        Type("", 13, parameters, 0);
        Words(new uint[2 * parameters]);
        return this;
    }

    public byte[] ToArray(int headerSize = 24)
    {
        byte[] header = new byte[headerSize];
        BitConverter.TryWriteBytes(header, (ushort)0xeb9f);
        header[2] = 1;
        BitConverter.TryWriteBytes(header.AsSpan(4), headerSize);
        BitConverter.TryWriteBytes(header.AsSpan(12), _types.Count);
        BitConverter.TryWriteBytes(header.AsSpan(16), _types.Count);
        BitConverter.TryWriteBytes(header.AsSpan(20), _strings.Count);
        return [.. header, .. _types, .. _strings];
    }

    private uint Text(string text)
    {
        if (text.Length == 0 && _firstString == 0)
        {
            return 0;
        }

        uint offset = (uint)(_firstString + _strings.Count);
        _strings.AddRange(Encoding.UTF8.GetBytes(text + '\0'));
        return offset;
    }

    private void Words(params uint[] words)
    {
        foreach (uint word in words)
        {
            _types.AddRange(BitConverter.GetBytes(word));
        }
    }
}
