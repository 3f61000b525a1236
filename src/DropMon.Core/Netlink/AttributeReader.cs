using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Netlink;

/// <summary>
/// Walks netlink attributes (struct nlattr) without copying. Keeps its first error instead of throwing: an attribute
/// whose length does not fit ends the walk, and a value of the wrong size reads as 0; both set <see cref="IsMalformed"/>.
/// </summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private const int HeaderSize = 4; // NLA_HDRLEN
    private const ushort TypeMask = 0x3fff; // NLA_TYPE_MASK: without NLA_F_NESTED and NLA_F_NET_BYTEORDER

    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>The attribute's type.</summary>
    public ushort Type { get; private set; }

    /// <summary>The attribute's bytes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether anything did not fit its format.</summary>
    public bool IsMalformed { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        if (_rest.Length < HeaderSize)
        {
            IsMalformed = true;
            return false;
        }

        ushort length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderSize || length > _rest.Length)
        {
            IsMalformed = true;
            return false;
        }

        Type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask);
        Value = _rest[HeaderSize..length];
        _rest = _rest[Math.Min(NetlinkHeader.Align(length), _rest.Length)..];
        return true;
    }

    public byte ReadByte() => Read<byte>();

    public ushort ReadUInt16() => Read<ushort>();

    public uint ReadUInt32() => Read<uint>();

    public ulong ReadUInt64() => Read<ulong>();

    /// <summary>The bytes of a string without its terminating zero.</summary>
    public readonly ReadOnlySpan<byte> ReadTextBytes()
    {
        int end = Value.IndexOf((byte)0);
        return end < 0 ? Value : Value[..end];
    }

    public readonly string ReadText() => Encoding.UTF8.GetString(ReadTextBytes());

    /// <summary>A reader of the attributes nested in this one.</summary>
    public readonly AttributeReader Nested() => new(Value);

    private T Read<T>()
        where T : unmanaged
    {
        if (MemoryMarshal.TryRead(Value, out T value))
        {
            return value;
        }

        IsMalformed = true;
        return default;
    }
}
