using System.Buffers.Binary;

namespace DropMon.Packets;

/// <summary>Reads the headers of a packet. Never throws: what cannot be read is left out and the packet marked.</summary>
public static class PacketDissector
{
    // XMIT_RECURSION_LIMIT: the kernel sends through no more tunnels within tunnels.
    private const int MaximumDepth = 8;

    /// <summary>Dissects a packet.</summary>
    /// <param name="bytes">The bytes, from the link-layer header on, perhaps truncated.</param>
    /// <param name="originalLength">The length before truncation, in bytes.</param>
    /// <param name="etherType">The kernel's idea of the protocol; used where the bytes start with no Ethernet header.</param>
    public static Packet Dissect(byte[] bytes, int originalLength, ushort? etherType) =>
        Dissect(bytes, Math.Max(originalLength, bytes.Length), LinkLayer.Detect(bytes, etherType), etherType, 1);

    /// <summary>Dissects a packet within another.</summary>
    internal static Packet? DissectInner(ReadOnlyMemory<byte> bytes, int originalLength, LinkType link, int depth) =>
        depth > MaximumDepth ? null : Dissect(bytes, originalLength, link, null, depth);

    /// <summary>Dissects the beginning of a packet, whose length only its own header tells.</summary>
    internal static Packet? DissectQuoted(ReadOnlyMemory<byte> bytes, int quotedLength, LinkType link, int depth) =>
        DissectInner(bytes, Math.Max(quotedLength, IpLength(bytes.Span, link)), link, depth);

    private static Packet Dissect(ReadOnlyMemory<byte> bytes, int originalLength, LinkType link, ushort? etherType, int depth)
    {
        var dissection = new Dissection(bytes, originalLength) { EtherType = etherType };
        LinkDissector.Dissect(ref dissection, link);
        if (depth == MaximumDepth && (dissection.Inner, dissection.Quoted) != (LinkType.Unknown, LinkType.Unknown))
        {
            dissection.Mark("Inner", $"packets nested more than {MaximumDepth} deep");
        }

        return new Packet(bytes, originalLength, in dissection, depth);
    }

    private static int IpLength(ReadOnlySpan<byte> bytes, LinkType link) => link switch
    {
        LinkType.Ipv4 when bytes.Length >= 4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
        LinkType.Ipv6 when bytes.Length >= 6 => Ipv6Header.Length + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
        _ => 0,
    };
}
