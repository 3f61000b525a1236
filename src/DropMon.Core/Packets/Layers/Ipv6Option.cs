using System.Globalization;

namespace DropMon.Packets;

/// <summary>An option of an IPv6 hop-by-hop or destination options header.</summary>
public sealed class Ipv6Option
{
    // As many as a header of 2 kB could usefully hold; the rest is left out.
    private const int MaximumCount = 64;
    private const byte Pad1 = 0;

    internal Ipv6Option(byte kind, ReadOnlySpan<byte> data)
    {
        Kind = kind;
        Data = data.ToArray();
    }

    /// <summary>The option's type byte (IPV6_TLV_*), e.g. 5.</summary>
    public byte Kind { get; }

    /// <summary>The option's name, or its number where none is known.</summary>
    public string Name => Kind switch
    {
        Pad1 => "Pad1",
        1 => "PadN",
        5 => "RouterAlert",
        7 => "CALIPSO",
        0x31 => "IOAM",
        0xc2 => "JumboPayload",
        0xc9 => "HomeAddress",
        _ => "unknown-" + Kind.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The bytes behind type and length.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static List<Ipv6Option> ReadAll(ReadOnlySpan<byte> options)
    {
        var list = new List<Ipv6Option>();
        while (list.Count < MaximumCount && TryTake(ref options, out byte kind, out ReadOnlySpan<byte> data))
        {
            list.Add(new Ipv6Option(kind, data));
        }

        return list;
    }

    internal static bool AreWellFormed(ReadOnlySpan<byte> options)
    {
        while (TryTake(ref options, out _, out _))
        {
        }

        return options.IsEmpty;
    }

    /// <summary>Takes the first option; false when there is none or it is malformed.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> options, out byte kind, out ReadOnlySpan<byte> data)
    {
        data = default;
        kind = Pad1;
        if (options.IsEmpty)
        {
            return false;
        }

        kind = options[0];
        if (kind == Pad1)
        {
            options = options[1..];
            return true;
        }

        if (options.Length < 2 || options[1] + 2 > options.Length)
        {
            return false;
        }

        int end = options[1] + 2;
        data = options[2..end];
        options = options[end..];
        return true;
    }
}
