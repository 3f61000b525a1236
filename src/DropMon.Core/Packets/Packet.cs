namespace DropMon.Packets;

/// <summary>The dissected headers of a packet.</summary>
public sealed class Packet
{
    /// <summary>The packet's bytes from the link-layer header on.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }
}
