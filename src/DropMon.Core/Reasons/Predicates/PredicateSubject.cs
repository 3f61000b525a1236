namespace DropMon.Reasons.Predicates;

/// <summary>What a predicate asks about.</summary>
internal enum PredicateSubject
{
    /// <summary>Whether the running kernel has a reason of that name; <c>reasons</c>: whether it gives reasons at all.</summary>
    Kernel,

    /// <summary>The IP version, <c>4</c> or <c>6</c>: by the packet, else by its EtherType.</summary>
    Ip,

    /// <summary>What the IP destination is: <c>multicast</c>, <c>local-multicast</c> (224.0.0.0/24, ff02::/16), <c>broadcast</c>
    /// (255.255.255.255, or any IPv4 packet in a link-layer broadcast), <c>loopback</c>, <c>unicast</c> (none of these).</summary>
    To,

    /// <summary>
    /// What the IP source is: <c>invalid</c> (multicast, broadcast, 0.0.0.0/8), <c>loopback</c>, <c>unspecified</c> (0.0.0.0 or ::),
    /// <c>unicast</c>.
    /// </summary>
    From,

    /// <summary>
    /// The frame's destination: <c>broadcast</c>, <c>multicast</c>, <c>unicast</c>, or <c>own</c>: the hardware address of the device it
    /// came in by.
    /// </summary>
    Frame,

    /// <summary>Whether the bytes carry a VLAN tag: <c>tagged</c>. The kernel strips most tags before it drops a frame.</summary>
    Vlan,

    /// <summary>The IP protocol, by name or number.</summary>
    Protocol,

    /// <summary>The ICMP or ICMPv6 message type, as a number.</summary>
    Icmp,

    /// <summary>The checksum of UDP, TCP or ICMP: <c>right</c> or <c>wrong</c>. One that a device was to complete is right.</summary>
    Checksum,

    /// <summary>
    /// UDP's length field: <c>short</c> where the packet holds less than it says, or it says less than a header; <c>right</c>.
    /// </summary>
    Length,

    /// <summary>Whether it is a fragment: <c>part</c> or <c>whole</c>.</summary>
    Fragment,

    /// <summary>
    /// What carries no EtherType is no packet: <c>none</c> (netlink messages, buffers of the kernel's own), <c>some</c>; <c>handled</c> is
    /// IPv4, ARP or IPv6, for which the kernel has a handler.
    /// </summary>
    EtherType,

    /// <summary>The kind of the device it came in by (IFLA_INFO_KIND); <c>physical</c> for an adapter, <c>loopback</c>.</summary>
    Device,
}
