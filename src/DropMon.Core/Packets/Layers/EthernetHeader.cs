using System.Text;

namespace DropMon.Packets;

/// <summary>An Ethernet header (struct ethhdr).</summary>
public sealed class EthernetHeader : PacketLayer
{
    internal const int Length = 14;
    internal const string LayerName = "Ethernet";

    internal EthernetHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The destination's hardware address, e.g. <c>02:00:00:00:00:01</c>.</summary>
    public string DestinationMac => AddressText.Mac(Header[..6]);

    /// <summary>The source's hardware address.</summary>
    public string SourceMac => AddressText.Mac(Header[6..12]);

    /// <summary>The protocol that follows; below 0x600 the length of an 802.3 frame.</summary>
    public ushort EtherType => UInt16(12);

    internal override void Describe(StringBuilder text)
    {
        AddressText.AppendMac(text, Header[6..12]).Append(" > ");
        AddressText.AppendMac(text, Header[..6])
            .Append(", ")
            .Append(EtherType < Packets.EtherType.Minimum ? "802.3" : Packets.EtherType.Name(EtherType));
    }
}
