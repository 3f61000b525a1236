using System.Globalization;
using DropMon.Packets;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>The network and transport protocols that patterns stand for, by number.</summary>
internal sealed class ProtocolSet
{
    private const string NumberPrefix = "0x";
    private static readonly int NumberLength = EtherType.Number(0).Length;

    private readonly NamePatternSet _patterns;
    private readonly HashSet<ushort> _named = [];
    private readonly bool[] _protocols = new bool[byte.MaxValue + 1];
    private readonly bool _asksForNumbers;

    public ProtocolSet(NamePatternSet patterns)
    {
        _patterns = patterns;
        _named.UnionWith(EtherType.KnownNumbers.Where(type => patterns.Matches(EtherType.Name(type))));
        _asksForNumbers = patterns.Patterns.Any(MayBeNumber);
        for (int number = 0; number <= byte.MaxValue; number++)
        {
            _protocols[number] = patterns.Matches(IpProtocol.Name((byte)number));
        }
    }

    /// <summary>Whether a pattern stands for a network protocol, which each packet comes with.</summary>
    public static bool IsNetworkProtocol(NamePattern pattern)
    {
        if (EtherType.KnownNames.Any(name => pattern.Matches(name)))
        {
            return true;
        }

        Span<char> text = stackalloc char[NumberLength];
        for (int number = 0; MayBeNumber(pattern) && number <= ushort.MaxValue; number++)
        {
            if (!EtherType.IsKnown((ushort)number) && pattern.Matches(Write((ushort)number, text)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a pattern stands for a transport protocol.</summary>
    public static bool IsTransportProtocol(NamePattern pattern) => IpProtocol.AllNames.Any(name => pattern.Matches(name));

    /// <summary>Whether packets of a network protocol are wanted.</summary>
    public bool HasEtherType(ushort type) =>
        EtherType.IsKnown(type) ? _named.Contains(type) : _asksForNumbers && _patterns.Matches(Write(type, stackalloc char[NumberLength]));

    /// <summary>Whether packets of a transport protocol are wanted.</summary>
    public bool HasProtocol(byte number) => _protocols[number];

    /// <summary>Whether a packet is wanted for its network or for its transport protocol.</summary>
    public bool Has(in PacketPeek peek) =>
        (peek.EtherType is { } type && HasEtherType(type)) || (peek.Protocol is { } number && HasProtocol(number));

    private static bool MayBeNumber(NamePattern pattern) =>
        pattern.Name is null || pattern.Name.StartsWith(NumberPrefix, StringComparison.OrdinalIgnoreCase);

    // As EtherType.Name does, without an object for it.
    private static ReadOnlySpan<char> Write(ushort type, Span<char> text)
    {
        NumberPrefix.CopyTo(text);
        type.TryFormat(text[NumberPrefix.Length..], out _, "x4", CultureInfo.InvariantCulture);
        return text;
    }
}
