using System.Globalization;

namespace DropMon.Netfilter;

/// <summary>What a register of nftables holds, as nft writes it.</summary>
/// <param name="Name">The name, e.g. <c>udp dport</c>.</param>
/// <param name="Kind">How its bytes are to be read.</param>
/// <param name="Length">How many bytes it has.</param>
internal sealed record NftField(string Name, NftValueKind Kind, int Length)
{
    private const int Ipv6AddressSize = 16;

    // enum nft_meta_keys. nft writes some of them without "meta".
    private static readonly string[] MetaNames =
    [
        "meta length", "meta protocol", "meta priority", "meta mark", "iif", "oif", "iifname", "oifname", "iiftype", "oiftype",
        "meta skuid", "meta skgid",
        "meta nftrace", "rtclassid", "meta secmark", "meta nfproto", "meta l4proto", "meta ibrname", "meta obrname", "meta pkttype",
        "meta cpu", "iifgroup",
        "oifgroup", "meta cgroup", "meta random", "meta ipsec", "meta iifkind", "meta oifkind", "meta ibrpvid", "meta ibrvproto",
        "meta time", "meta day",
        "meta hour", "meta sdif", "meta sdifname", "meta broute",
    ];

    // enum nft_ct_keys.
    private static readonly string[] ConnectionNames =
    [
        "state", "direction", "status", "mark", "secmark", "expiration", "helper", "l3proto", "saddr", "daddr", "protocol", "proto-src",
        "proto-dst", "label",
        "packets", "bytes", "avgpkt", "zone", "event", "ip saddr", "ip daddr", "ip6 saddr", "ip6 daddr", "id",
    ];

    /// <summary>The bits that count; null: all.</summary>
    public byte[]? Mask { get; init; }

    public static NftField Meta(uint key) => key >= MetaNames.Length
        ? new NftField($"meta {key}", NftValueKind.Bytes, 4)
        : new NftField(
            MetaNames[key],
            MetaNames[key] switch
            {
                "meta protocol" or "meta ibrvproto" => NftValueKind.EtherType,
                "meta nfproto" => NftValueKind.Family,
                "meta l4proto" => NftValueKind.Protocol,
                "iifname" or "oifname" or "meta ibrname" or "meta obrname" or "meta iifkind" or "meta oifkind" or "meta sdifname" =>
                    NftValueKind.Name,
                _ => NftValueKind.Number,
            },
            MetaNames[key] switch
            {
                "meta nfproto" or "meta l4proto" or "meta pkttype" => 1,
                "meta protocol" or "iiftype" or "oiftype" => 2,
                var name when name.EndsWith("name", StringComparison.Ordinal) => 16,
                _ => 4,
            });

    public static NftField Connection(uint key, byte? direction)
    {
        string name = key < ConnectionNames.Length ? ConnectionNames[key] : key.ToString(CultureInfo.InvariantCulture);
        string way = direction switch { 0 => "original ", 1 => "reply ", _ => "" };
        return new NftField($"ct {way}{name}", name switch
        {
            "state" => NftValueKind.ConnectionState,
            "mark" or "zone" or "packets" or "bytes" or "status" or "direction" or "id" or "expiration" => NftValueKind.Number,
            "protocol" => NftValueKind.Protocol,
            "l3proto" => NftValueKind.Family,
            "proto-src" or "proto-dst" => NftValueKind.NetworkNumber,
            "ip saddr" or "ip daddr" or "ip6 saddr" or "ip6 daddr" or "saddr" or "daddr" => NftValueKind.Address,
            "helper" => NftValueKind.Name,
            _ => NftValueKind.Bytes,
        }, 4);
    }

    /// <summary>Bytes of the packet.</summary>
    /// <param name="header">enum nft_payload_bases.</param>
    /// <param name="offset">Behind the header's begin.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="family">Of the table, or what the rule compared before: 2 IPv4, 10 IPv6, 3 ARP.</param>
    /// <param name="protocol">What the rule compared before; null where it did not.</param>
    public static NftField Payload(uint header, uint offset, uint length, int family, int? protocol)
    {
        int size = (int)Math.Min(length, 64);
        return (header switch
        {
            0 => LinkLayer(offset, size),
            1 =>
                family == 10 || (family is not 2 and not 3 && size == Ipv6AddressSize)
                    ? Ipv6(offset, size)
                    : family is 2 or 1 or 5 or 7 ? Ipv4(offset, size)
                    : null,
            2 => Transport(offset, size, protocol),
            _ => null,
        }) ?? new NftField(
            $"@{header switch { 0 => "ll", 1 => "nh", 2 => "th", 3 => "ih", _ => "tunnel" }},{offset * 8},{length * 8}", NftValueKind.Bytes,
            size);
    }

    private static NftField? LinkLayer(uint offset, int size) => (offset, size) switch
    {
        (0, 6) => new("ether daddr", NftValueKind.HardwareAddress, size),
        (6, 6) => new("ether saddr", NftValueKind.HardwareAddress, size),
        (12, 2) => new("ether type", NftValueKind.EtherType, size),
        _ => null,
    };

    private static NftField? Ipv4(uint offset, int size) => (offset, size) switch
    {
        (12, <= 4) => new("ip saddr", NftValueKind.Address, size),
        (16, <= 4) => new("ip daddr", NftValueKind.Address, size),
        (9, 1) => new("ip protocol", NftValueKind.Protocol, size),
        (8, 1) => new("ip ttl", NftValueKind.NetworkNumber, size),
        (2, 2) => new("ip length", NftValueKind.NetworkNumber, size),
        _ => null,
    };

    private static NftField? Ipv6(uint offset, int size) => (offset, size) switch
    {
        (8, <= Ipv6AddressSize) => new("ip6 saddr", NftValueKind.Address6, size),
        (24, <= Ipv6AddressSize) => new("ip6 daddr", NftValueKind.Address6, size),
        (6, 1) => new("ip6 nexthdr", NftValueKind.Protocol, size),
        (7, 1) => new("ip6 hoplimit", NftValueKind.NetworkNumber, size),
        _ => null,
    };

    private static NftField? Transport(uint offset, int size, int? protocol)
    {
        string name = protocol is { } known ? NftValue.ProtocolName(known).Replace("ipv6-icmp", "icmpv6", StringComparison.Ordinal) : "th";
        return (offset, size, protocol) switch
        {
            (0, 1, 1 or 58) => new($"{name} type", NftValueKind.NetworkNumber, size),
            (1, 1, 1 or 58) => new($"{name} code", NftValueKind.NetworkNumber, size),
            (0, 2, not (1 or 58)) => new($"{name} sport", NftValueKind.NetworkNumber, size),
            (2, 2, not (1 or 58)) => new($"{name} dport", NftValueKind.NetworkNumber, size),
            (13, 1, 6) => new("tcp flags", NftValueKind.Bytes, size),
            _ => null,
        };
    }
}
