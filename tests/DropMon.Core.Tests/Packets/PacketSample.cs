using DropMon.Packets;

namespace DropMon.Tests.Packets;

/// <summary>A packet with a name, as a source would hand it over.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="EtherType">The kernel's protocol for it.</param>
/// <param name="IsEthernet">Whether it begins with an Ethernet header; else with an IP header.</param>
public sealed record PacketSample(string Name, byte[] Bytes, ushort EtherType, bool IsEthernet = true)
{
    public Packet Dissect() => PacketDissector.Dissect(Bytes, Bytes.Length, EtherType);

    public override string ToString() => Name;
}
