namespace DropMon.Packets;

/// <summary>What the bytes of a packet begin with.</summary>
internal enum LinkType
{
    /// <summary>Neither of the others: a link layer that is not known here.</summary>
    Unknown,
    Ethernet,
    Ipv4,
    Ipv6,
}
