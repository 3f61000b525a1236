using System.Globalization;

namespace DropMon.Packets;

/// <summary>
/// A walk over the headers of one packet: the bytes that came, where the walk stands, where the data of the header at
/// hand end, and what was found. Every read is checked against both the bytes and the lengths that headers give.
/// </summary>
internal ref struct Dissection
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private PacketLayer[] _layers;
    private int _count;

    public Dissection(ReadOnlyMemory<byte> bytes, int originalLength)
    {
        _bytes = bytes;
        End = originalLength;
        _layers = new PacketLayer[4];
    }

    /// <summary>Where the walk stands, in bytes from the packet's first. Never beyond <see cref="End"/>.</summary>
    public int Position { get; private set; }

    /// <summary>Where the data end on the wire by the lengths seen so far; may lie beyond the bytes that came.</summary>
    public int End { get; private set; }

    /// <summary>The innermost EtherType seen.</summary>
    public ushort? EtherType { get; set; }

    /// <summary>The innermost IP protocol seen.</summary>
    public byte? Protocol { get; set; }

    /// <summary>Whether what follows is part of a fragment.</summary>
    public bool IsFragment { get; set; }

    /// <summary>What a packet at <see cref="Position"/> begins with, if there is one inside this one.</summary>
    public LinkType Inner { get; set; }

    /// <summary>The same for a packet that an ICMP error quotes.</summary>
    public LinkType Quoted { get; set; }

    /// <summary>The header that the bytes end in.</summary>
    public string? TruncatedLayer { get; private set; }

    public string? Malformed { get; private set; }

    /// <summary>The bytes from <see cref="Position"/> on, as far as they came and belong to the header at hand.</summary>
    public readonly ReadOnlySpan<byte> Rest
    {
        get
        {
            int end = Math.Min(End, _bytes.Length);
            return Position < end ? _bytes.Span[Position..end] : default;
        }
    }

    /// <summary>How many bytes there were on the wire from <see cref="Position"/> on.</summary>
    public readonly int Remaining => End - Position;

    public readonly PacketLayer[] Layers => _layers.AsSpan(0, _count).ToArray();

    /// <summary>Whether the fixed part of a header is there; marks the packet if not.</summary>
    public bool Has(int length, string layer)
    {
        if (Rest.Length >= length)
        {
            return true;
        }

        MarkShort(length, layer);
        return false;
    }

    /// <summary>The bytes of a header that begins here.</summary>
    public readonly HeaderBytes Header(int length) => new(_bytes.Slice(Position, Math.Min(length, Rest.Length)), Position, length);

    /// <summary>Lists a header and steps over it. False, and the packet marked, when it did not come whole.</summary>
    public bool Add(PacketLayer layer)
    {
        if (_count == _layers.Length)
        {
            Array.Resize(ref _layers, _count * 2);
        }

        _layers[_count++] = layer;
        if (layer.IsTruncated)
        {
            MarkShort(layer.HeaderLength, layer.Name);
        }

        Position = Math.Min(Position + layer.HeaderLength, End);
        return !layer.IsTruncated;
    }

    /// <summary>Heeds a length that a header gives for its data, itself included.</summary>
    /// <param name="start">Where the length counts from.</param>
    /// <param name="length">The length in bytes.</param>
    /// <param name="layer">The header's name.</param>
    public void Limit(int start, int length, string layer)
    {
        if (length > End - start)
        {
            Mark(layer, string.Create(CultureInfo.InvariantCulture, $"length {length} is more than the {End - start} bytes of the packet"));
            return;
        }

        End = Math.Max(start + length, Position);
    }

    /// <summary>Marks the packet as malformed; the first finding stays.</summary>
    public void Mark(string layer, string finding) => Malformed ??= layer + ": " + finding;

    private void MarkShort(int length, string layer)
    {
        if (length > Remaining)
        {
            Mark(layer, string.Create(CultureInfo.InvariantCulture, $"header of {length} bytes in the {Remaining} left"));
        }
        else
        {
            TruncatedLayer ??= layer;
        }
    }
}
