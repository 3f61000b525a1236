using System.Globalization;

namespace DropMon.Counters.Tables;

/// <summary>A packet socket: a capture, a DHCP client, an intrusion detector.</summary>
/// <param name="EtherType">The protocol that it asks for; 3 is all (ETH_P_ALL).</param>
/// <param name="Inode">The inode, by which its process is found.</param>
/// <param name="Device">The index of the device that it is bound to; 0 for all; null where the kernel does not say.</param>
/// <param name="HasRing">Whether it receives into a ring (PACKET_RX_RING), whose drops the kernel shows to its owner only.</param>
/// <param name="RingBytes">The ring's size.</param>
/// <param name="Memory">Its receive buffer, and its drops if it has no ring; null where the kernel does not say.</param>
internal sealed record PacketSocket(int EtherType, ulong Inode, int? Device, bool HasRing, long RingBytes, SocketMemory? Memory)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"packet 0x{EtherType:x4}");
}
