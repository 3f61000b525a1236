using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DropMon.Packets;

/// <summary>An option of a TCP header.</summary>
public sealed class TcpOption
{
    private const byte MaximumSegmentSizeKind = 2;
    private const byte WindowScaleKind = 3;
    private const byte SackKind = 5;
    private const byte TimestampKind = 8;

    internal TcpOption(byte kind, ReadOnlySpan<byte> data)
    {
        Kind = kind;
        Data = data.ToArray();
    }

    /// <summary>The option's kind (TCPOPT_*).</summary>
    public byte Kind { get; }

    /// <summary>The option's name in tcpdump's spelling, or its number where none is known.</summary>
    public string Name => Kind switch
    {
        0 => "eol",
        1 => "nop",
        MaximumSegmentSizeKind => "mss",
        WindowScaleKind => "wscale",
        4 => "sackOK",
        SackKind => "sack",
        TimestampKind => "TS",
        19 => "md5",
        28 => "user-timeout",
        29 => "tcp-ao",
        30 => "mptcp",
        34 => "fastopen",
        253 or 254 => "exp",
        _ => "unknown-" + Kind.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The bytes behind kind and length.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The option in words, e.g. <c>mss 1460</c>.</summary>
    public override string ToString()
    {
        ReadOnlySpan<byte> data = Data.Span;
        return (Kind, data.Length) switch
        {
            (MaximumSegmentSizeKind, 2) => string.Create(CultureInfo.InvariantCulture, $"mss {BinaryPrimitives.ReadUInt16BigEndian(data)}"),
            (WindowScaleKind, 1) => string.Create(CultureInfo.InvariantCulture, $"wscale {data[0]}"),
            (TimestampKind, 8) => string.Create(
                CultureInfo.InvariantCulture,
                $"TS val {BinaryPrimitives.ReadUInt32BigEndian(data)} ecr {BinaryPrimitives.ReadUInt32BigEndian(data[4..])}"),
            (SackKind, > 0) when data.Length % 8 == 0 => SackText(data),
            _ => Name,
        };
    }

    internal static List<TcpOption> ReadAll(ReadOnlySpan<byte> options)
    {
        var list = new List<TcpOption>();
        while (OptionList.TryTake(ref options, out byte kind, out ReadOnlySpan<byte> data))
        {
            list.Add(new TcpOption(kind, data));
        }

        return list;
    }

    private static string SackText(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder("sack ");
        for (; data.Length >= 8; data = data[8..])
        {
            text.Append('{')
                .Append(BinaryPrimitives.ReadUInt32BigEndian(data))
                .Append(':')
                .Append(BinaryPrimitives.ReadUInt32BigEndian(data[4..]))
                .Append('}');
        }

        return text.ToString();
    }
}
