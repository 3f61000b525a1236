using System.Globalization;

namespace DropMon.Packets;

/// <summary>Protocol numbers of IP and their names (include/uapi/linux/in.h, in6.h).</summary>
public static class IpProtocol
{
    /// <summary>IPPROTO_HOPOPTS.</summary>
    public const byte HopByHop = 0;

    /// <summary>IPPROTO_ICMP.</summary>
    public const byte Icmp = 1;

    /// <summary>IPPROTO_IGMP.</summary>
    public const byte Igmp = 2;

    /// <summary>IPPROTO_IPIP.</summary>
    public const byte Ipv4 = 4;

    /// <summary>IPPROTO_TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>IPPROTO_UDP.</summary>
    public const byte Udp = 17;

    /// <summary>IPPROTO_IPV6.</summary>
    public const byte Ipv6 = 41;

    /// <summary>IPPROTO_ROUTING.</summary>
    public const byte Routing = 43;

    /// <summary>IPPROTO_FRAGMENT.</summary>
    public const byte Fragment = 44;

    /// <summary>IPPROTO_GRE.</summary>
    public const byte Gre = 47;

    /// <summary>IPPROTO_ESP.</summary>
    public const byte Esp = 50;

    /// <summary>IPPROTO_AH.</summary>
    public const byte Authentication = 51;

    /// <summary>IPPROTO_ICMPV6.</summary>
    public const byte Icmpv6 = 58;

    /// <summary>IPPROTO_NONE.</summary>
    public const byte None = 59;

    /// <summary>IPPROTO_DSTOPTS.</summary>
    public const byte DestinationOptions = 60;

    /// <summary>IPPROTO_SCTP.</summary>
    public const byte Sctp = 132;

    /// <summary>IPPROTO_MH.</summary>
    public const byte Mobility = 135;

    /// <summary>IPPROTO_ETHERNET.</summary>
    public const byte Ethernet = 143;

    private const string UnknownPrefix = "IP-";

    private static readonly string[] Names = Enumerable.Range(0, 256).Select(number => NameOf((byte)number)).ToArray();

    /// <summary>The names of all numbers.</summary>
    internal static IEnumerable<string> AllNames => Names;

    /// <summary>Those that are no numbers.</summary>
    internal static IEnumerable<string> KnownNames => Names.Where(name => !name.StartsWith(UnknownPrefix, StringComparison.Ordinal));

    /// <summary>The protocol's name, or <c>IP-253</c> where none is known.</summary>
    public static string Name(byte protocol) => Names[protocol];

    private static string NameOf(byte protocol) => protocol switch
    {
        HopByHop => "HopByHop",
        Icmp => "ICMP",
        Igmp => "IGMP",
        Ipv4 => "IPIP",
        Tcp => "TCP",
        8 => "EGP",
        Udp => "UDP",
        33 => "DCCP",
        Ipv6 => "IPv6-in-IP",
        Routing => "Routing",
        Fragment => "Fragment",
        46 => "RSVP",
        Gre => "GRE",
        Esp => "ESP",
        Authentication => "AH",
        Icmpv6 => "ICMPv6",
        None => "NoNextHeader",
        DestinationOptions => "DestinationOptions",
        88 => "EIGRP",
        89 => "OSPF",
        94 => "BEETPH",
        103 => "PIM",
        108 => "IPComp",
        112 => "VRRP",
        115 => "L2TP",
        Sctp => "SCTP",
        Mobility => "Mobility",
        136 => "UDPLite",
        137 => "MPLS-in-IP",
        Ethernet => "Ethernet-in-IP",
        _ => UnknownPrefix + protocol.ToString(CultureInfo.InvariantCulture),
    };
}
