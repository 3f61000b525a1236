namespace DropMon;

/// <summary>The part of the network stack that discarded the packet: the classes of the 2009 proposal and their heirs.</summary>
/// <remarks>Enumerations of 64 bits, all that are part of what a cmdlet returns: ConvertTo-Json writes their names, and of smaller ones the
/// numbers.</remarks>
public enum DropClass : long
{
    /// <summary>Neither the reason nor the function is known to DropMon.</summary>
    Unknown = 0,

    /// <summary>IPv4 input, output, forwarding and reassembly.</summary>
    Ipv4,

    /// <summary>IPv6 input, output, forwarding, extension headers and reassembly.</summary>
    Ipv6,

    /// <summary>Address resolution protocol.</summary>
    Arp,

    /// <summary>ICMP and ICMPv6, neighbour discovery included.</summary>
    Icmp,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP and UDP-Lite.</summary>
    Udp,

    /// <summary>SCTP.</summary>
    Sctp,

    /// <summary>Other sockets: raw, packet, unix, netlink; buffers, filters and memory accounting of any socket.</summary>
    Socket,

    /// <summary>Netfilter: nftables, iptables, connection tracking.</summary>
    Netfilter,

    /// <summary>Traffic control: queueing disciplines, classifiers and actions.</summary>
    Qdisc,

    /// <summary>The neighbour table (ARP and ND entries, and the packets that wait for them).</summary>
    Neighbour,

    /// <summary>Bridges and bridge ports.</summary>
    Bridge,

    /// <summary>Tunnels: VXLAN, GENEVE, GRE, IP-in-IP, WireGuard and the like.</summary>
    Tunnel,

    /// <summary>IPsec (XFRM) policy, state and transformation.</summary>
    Ipsec,

    /// <summary>Network devices and drivers, real and virtual, and the per-CPU backlog behind them.</summary>
    Device,

    /// <summary>eBPF programs: XDP, cgroup and socket filters.</summary>
    Bpf,

    /// <summary>Memory was unavailable.</summary>
    Memory,

    /// <summary>Dropped by a switch or network adapter, reported through devlink traps.</summary>
    Hardware,

    /// <summary>Security modules and packet labelling.</summary>
    Security,

    /// <summary>Wireless (mac80211, cfg80211).</summary>
    Wireless,

    /// <summary>Open vSwitch.</summary>
    OpenVSwitch,

    /// <summary>Multipath TCP.</summary>
    Mptcp,

    /// <summary>Controller area network.</summary>
    Can,

    /// <summary>No packet: a netlink message or another buffer of the kernel's own that is freed as packets are.</summary>
    Message,
}
