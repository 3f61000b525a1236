using System.Globalization;

namespace DropMon.Packets;

/// <summary>EtherType numbers and their names (include/uapi/linux/if_ether.h).</summary>
public static class EtherType
{
    /// <summary>ETH_P_802_3_MIN: a smaller number in an Ethernet header is a length.</summary>
    public const ushort Minimum = 0x0600;

    /// <summary>ETH_P_IP.</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>ETH_P_ARP.</summary>
    public const ushort Arp = 0x0806;

    /// <summary>ETH_P_TEB: an Ethernet frame within a tunnel.</summary>
    public const ushort TransparentBridging = 0x6558;

    /// <summary>ETH_P_8021Q.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>ETH_P_IPV6.</summary>
    public const ushort Ipv6 = 0x86dd;

    /// <summary>ETH_P_MPLS_UC.</summary>
    public const ushort Mpls = 0x8847;

    /// <summary>ETH_P_MPLS_MC.</summary>
    public const ushort MplsMulticast = 0x8848;

    /// <summary>ETH_P_PPP_SES.</summary>
    public const ushort PppoeSession = 0x8864;

    /// <summary>ETH_P_8021AD.</summary>
    public const ushort ServiceVlan = 0x88a8;

    // ETH_P_QINQ1: stacked tags before 802.1ad had a number for them.
    internal const ushort OldStackedVlan = 0x9100;

    private static readonly ushort[] Known = [.. Enumerable.Range(0, ushort.MaxValue + 1).Select(type => (ushort)type).Where(IsKnown)];

    /// <summary>The protocol's name, or its number in hexadecimal where none is known.</summary>
    public static string Name(ushort type) => KnownName(type) ?? Number(type);

    /// <summary>The number in hexadecimal, as in <c>0x88cc</c>.</summary>
    internal static string Number(ushort type) => "0x" + type.ToString("x4", CultureInfo.InvariantCulture);

    internal static bool IsKnown(ushort type) => KnownName(type) is not null;

    /// <summary>The numbers that have names.</summary>
    internal static IReadOnlyList<ushort> KnownNumbers => Known;

    /// <summary>Their names.</summary>
    internal static IEnumerable<string> KnownNames => Known.Select(Name);

    internal static bool IsVlan(ushort type) => type is Vlan or ServiceVlan or OldStackedVlan;

    private static string? KnownName(ushort type) => type switch
    {
        Ipv4 => "IPv4",
        Arp => "ARP",
        Ipv6 => "IPv6",
        Vlan => "802.1Q",
        ServiceVlan => "802.1ad",
        OldStackedVlan => "QinQ",
        TransparentBridging => "Ethernet",
        Mpls or MplsMulticast => "MPLS",
        0x8863 => "PPPoE-Discovery",
        PppoeSession => "PPPoE",
        0x88cc => "LLDP",
        0x88e5 => "MACsec",
        0x888e => "EAPOL",
        0x8809 => "SlowProtocols",
        0x88f7 => "PTP",
        0x0004 => "802.2",
        0x000c => "CAN",
        0x000d => "CANFD",
        _ => null,
    };
}
