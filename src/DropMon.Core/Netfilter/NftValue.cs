using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace DropMon.Netfilter;

/// <summary>How the bytes of a register of nftables are to be read.</summary>
internal enum NftValueKind
{
    /// <summary>Nothing is known of them.</summary>
    Bytes,

    /// <summary>A number in this machine's byte order.</summary>
    Number,

    /// <summary>A number in network byte order.</summary>
    NetworkNumber,

    /// <summary>An IPv4 or IPv6 address, by its length; or the first bytes of one.</summary>
    Address,

    /// <summary>The first bytes of an IPv6 address, or all.</summary>
    Address6,

    /// <summary>A hardware address.</summary>
    HardwareAddress,

    /// <summary>A string, zeros behind.</summary>
    Name,

    /// <summary>IPPROTO_*.</summary>
    Protocol,

    /// <summary>NFPROTO_*.</summary>
    Family,

    /// <summary>ETH_P_*.</summary>
    EtherType,

    /// <summary>Bits of the state of a connection.</summary>
    ConnectionState,
}

/// <summary>Values of nftables as nft writes them.</summary>
internal static class NftValue
{
    private static readonly string[] States = ["invalid", "established", "related", "new"];

    public static string Text(NftValueKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        NftValueKind.Number when value.Length is 1 or 2 or 4 or 8 => HostNumber(value).ToString(CultureInfo.InvariantCulture),
        NftValueKind.NetworkNumber when value.Length is > 0 and <= 8 => NetworkNumber(value).ToString(CultureInfo.InvariantCulture),
        NftValueKind.Address when value.Length is 4 or 16 => new IPAddress(value).ToString(),
        NftValueKind.Address when value.Length is > 0 and < 4 => Prefix(value, 4),
        NftValueKind.Address6 when value.Length == 16 => new IPAddress(value).ToString(),
        NftValueKind.Address6 when value.Length is > 0 and < 16 => Prefix(value, 16),
        NftValueKind.HardwareAddress => string.Join(':', value.ToArray().Select(part => part.ToString("x2", CultureInfo.InvariantCulture))),
        NftValueKind.Name => NameText(value),
        NftValueKind.Protocol when value.Length is 1 => ProtocolName(value[0]),
        NftValueKind.Family when value.Length is 1 => value[0] switch { 2 => "ipv4", 10 => "ipv6", _ => $"{value[0]}" },
        NftValueKind.EtherType when value.Length == 2 => BinaryPrimitives.ReadUInt16BigEndian(value) switch
        {
            0x0800 => "ip",
            0x86dd => "ip6",
            0x0806 => "arp",
            0x8100 => "vlan",
            var other => $"0x{other:x4}",
        },
        NftValueKind.ConnectionState when value.Length == 4 => StateText(MemoryMarshal.Read<uint>(value)),
        _ => value.Length <= 32 ? $"0x{Convert.ToHexString(value).ToLowerInvariant()}" : $"({value.Length} bytes)",
    };

    /// <summary>The value as bits, in hexadecimal.</summary>
    public static string Bits(NftValueKind kind, ReadOnlySpan<byte> value) => kind switch
    {
        NftValueKind.Number or NftValueKind.ConnectionState when value.Length is 1 or 2 or 4 or 8 => $"0x{HostNumber(value):x}",
        NftValueKind.NetworkNumber when value.Length is > 0 and <= 8 => $"0x{NetworkNumber(value):x}",
        _ => Text(NftValueKind.Bytes, value),
    };

    public static string ProtocolName(int protocol) => protocol switch
    {
        1 =>
            "icmp",
        2 =>
                "igmp",
        6 => "tcp",
        17 => "udp",
        33 => "dccp",
        41 => "ipv6",
        47 => "gre",
        50 => "esp",
        51 => "ah",
        58 => "ipv6-icmp",
        112 => "vrrp",
        132 => "sctp",
        136 => "udplite",
        _ => protocol.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The bits of a mask of leading ones; negative where it is none.</summary>
    public static int PrefixOf(ReadOnlySpan<byte> mask)
    {
        int bits = 0;
        foreach (byte part in mask)
        {
            bits += byte.PopCount(part);
        }

        for (int i = 0; i < mask.Length * 8; i++)
        {
            if (((mask[i / 8] & (0x80 >> (i % 8))) != 0) != (i < bits))
            {
                return -1;
            }
        }

        return bits;
    }

    private static ulong HostNumber(ReadOnlySpan<byte> value) => value.Length switch
    {
        1 => value[0],
        2 => MemoryMarshal.Read<ushort>(value),
        4 => MemoryMarshal.Read<uint>(value),
        _ => MemoryMarshal.Read<ulong>(value),
    };

    private static ulong NetworkNumber(ReadOnlySpan<byte> value)
    {
        ulong number = 0;
        foreach (byte part in value)
        {
            number = (number << 8) | part;
        }

        return number;
    }

    // nft loads only the bytes that a prefix covers.
    private static string Prefix(ReadOnlySpan<byte> value, int size)
    {
        byte[] whole = new byte[size];
        value.CopyTo(whole);
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(whole)}/{value.Length * 8}");
    }

    private static string NameText(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)0);
        return end < 0 ? $"\"{Encoding.UTF8.GetString(value)}*\"" : $"\"{Encoding.UTF8.GetString(value[..end])}\"";
    }

    private static string StateText(uint bits)
    {
        var names = States.Where((_, i) => (bits & (1u << i)) != 0).ToList();
        if ((bits & 64) != 0)
        {
            names.Add("untracked");
        }

        return names.Count == 0 ? $"0x{bits:x}" : string.Join(',', names);
    }
}
