using System.Globalization;

namespace DropMon.Packets;

/// <summary>EtherType numbers and their names (include/uapi/linux/if_ether.h).</summary>
public static class EtherType
{
    /// <summary>ETH_P_IP.</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>ETH_P_ARP.</summary>
    public const ushort Arp = 0x0806;

    /// <summary>ETH_P_8021Q.</summary>
    public const ushort Vlan = 0x8100;

    /// <summary>ETH_P_IPV6.</summary>
    public const ushort Ipv6 = 0x86dd;

    /// <summary>ETH_P_8021AD.</summary>
    public const ushort ServiceVlan = 0x88a8;

    /// <summary>The protocol's name, or its number in hexadecimal where none is known.</summary>
    public static string Name(ushort type) => type switch
    {
        Ipv4 => "IPv4",
        Arp => "ARP",
        Ipv6 => "IPv6",
        Vlan => "802.1Q",
        ServiceVlan => "802.1ad",
        0x8847 or 0x8848 => "MPLS",
        0x8863 => "PPPoE-Discovery",
        0x8864 => "PPPoE",
        0x88cc => "LLDP",
        0x88e5 => "MACsec",
        0x888e => "EAPOL",
        0x8809 => "SlowProtocols",
        0x88f7 => "PTP",
        0x0004 => "802.2",
        0x000c => "CAN",
        0x000d => "CANFD",
        _ => "0x" + type.ToString("x4", CultureInfo.InvariantCulture),
    };
}
