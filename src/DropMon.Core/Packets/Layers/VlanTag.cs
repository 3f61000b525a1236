using System.Text;

namespace DropMon.Packets;

/// <summary>
/// A VLAN tag (IEEE 802.1Q or 802.1ad, struct vlan_hdr). Tags that the device or the kernel took off are not in the bytes.
/// </summary>
public sealed class VlanTag : PacketLayer
{
    internal const int Length = 4;
    internal const string LayerName = "VLAN";

    internal VlanTag(HeaderBytes header, ushort tagProtocol)
        : base(header) => TagProtocol = tagProtocol;

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The EtherType of the tag itself (TPID): 0x8100, or 0x88a8 for a service tag.</summary>
    public ushort TagProtocol { get; }

    /// <summary>The VLAN, 0 to 4095; 0 for a tag that carries a priority alone.</summary>
    public int Id => UInt16(0) & 0x0fff;

    /// <summary>The priority (PCP), 0 to 7.</summary>
    public int Priority => Header[0] >> 5;

    /// <summary>Whether it may be dropped first (DEI).</summary>
    public bool IsDropEligible => (Header[0] & 0x10) != 0;

    /// <summary>The protocol that follows.</summary>
    public ushort EtherType => UInt16(2);

    internal override void Describe(StringBuilder text) => text.Append("VLAN ").Append(Id);
}
