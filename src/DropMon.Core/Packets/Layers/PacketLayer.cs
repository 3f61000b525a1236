using System.Buffers.Binary;
using System.Text;

namespace DropMon.Packets;

/// <summary>
/// One header of a packet: a view of its bytes, read when a property is asked for. A header is listed when its fixed
/// part came whole; of TCP, UDP and SCTP the ports are enough, since an ICMP error may quote no more.
/// </summary>
public abstract class PacketLayer
{
    private readonly ReadOnlyMemory<byte> _header;

    internal PacketLayer(HeaderBytes header)
    {
        _header = header.Bytes;
        Offset = header.Offset;
        HeaderLength = header.Length;
    }

    /// <summary>The protocol's name, e.g. <c>TCP</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Where the header begins, in bytes from the packet's first.</summary>
    public int Offset { get; }

    /// <summary>The header's length with its options by its own account, in bytes.</summary>
    public int HeaderLength { get; }

    /// <summary>Whether the bytes end before the header does.</summary>
    public bool IsTruncated => _header.Length < HeaderLength;

    /// <summary>The header's bytes, as far as they came.</summary>
    public ReadOnlyMemory<byte> Bytes => _header;

    private protected ReadOnlySpan<byte> Header => _header.Span;

    /// <summary>The header in words, as tcpdump would put it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(64);
        Describe(text);
        return text.ToString();
    }

    internal abstract void Describe(StringBuilder text);

    private protected ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(Header[offset..]);

    private protected uint UInt32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(Header[offset..]);

    private protected ushort? UInt16IfThere(int offset) => Header.Length >= offset + sizeof(ushort) ? UInt16(offset) : null;

    private protected uint? UInt32IfThere(int offset) => Header.Length >= offset + sizeof(uint) ? UInt32(offset) : null;

    /// <summary>The bytes from <paramref name="start"/> to <paramref name="end"/>, as far as they came.</summary>
    private protected ReadOnlySpan<byte> Part(int start, int end)
    {
        int last = Math.Min(end, Header.Length);
        return start < last ? Header[start..last] : default;
    }
}
