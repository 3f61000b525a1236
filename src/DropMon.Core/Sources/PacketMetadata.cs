namespace DropMon.Sources;

/// <summary>The numbers that the kernel keeps beside a packet's bytes, as it has them.</summary>
/// <param name="Mark">skb->mark; 0 for none.</param>
/// <param name="Priority">skb->priority.</param>
/// <param name="Hash">skb->hash; 0 for none.</param>
/// <param name="QueueMapping">skb->queue_mapping.</param>
/// <param name="VlanId">The VLAN of the tag beside the bytes; null without a tag.</param>
/// <param name="GsoSize">Bytes of payload in a segment; 0 for none, 0xffff where they differ (GSO_BY_FRAGS).</param>
/// <param name="GsoSegments">How many segments; 0 where it is one, or not known.</param>
internal readonly record struct PacketMetadata(
    uint Mark, uint Priority, uint Hash, ushort QueueMapping, ushort? VlanId, ushort GsoSize, ushort GsoSegments);
