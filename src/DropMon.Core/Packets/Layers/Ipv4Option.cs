using System.Globalization;

namespace DropMon.Packets;

/// <summary>An option of an IPv4 header.</summary>
public sealed class Ipv4Option
{
    internal Ipv4Option(byte kind, ReadOnlySpan<byte> data)
    {
        Kind = kind;
        Data = data.ToArray();
    }

    /// <summary>The option's type byte (IPOPT_*), e.g. 148.</summary>
    public byte Kind { get; }

    /// <summary>The option's name, or its number where none is known.</summary>
    public string Name => Kind switch
    {
        0 => "eol",
        1 => "nop",
        7 => "RR",
        68 => "TS",
        130 => "security",
        131 => "LSRR",
        134 => "CIPSO",
        137 => "SSRR",
        148 => "RA",
        _ => "unknown-" + Kind.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The bytes behind type and length.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static List<Ipv4Option> ReadAll(ReadOnlySpan<byte> options)
    {
        var list = new List<Ipv4Option>();
        while (OptionList.TryTake(ref options, out byte kind, out ReadOnlySpan<byte> data))
        {
            list.Add(new Ipv4Option(kind, data));
        }

        return list;
    }
}
