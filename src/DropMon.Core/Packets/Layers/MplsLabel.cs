using System.Text;

namespace DropMon.Packets;

/// <summary>One entry of an MPLS label stack (RFC 3032, struct mpls_label).</summary>
public sealed class MplsLabel : PacketLayer
{
    internal const int Length = 4;
    internal const string LayerName = "MPLS";

    internal MplsLabel(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The label, 0 to 1048575.</summary>
    public int Label => (int)(UInt32(0) >> 12);

    /// <summary>The traffic class, 0 to 7.</summary>
    public int TrafficClass => (Header[2] >> 1) & 7;

    /// <summary>Whether it is the last of the stack.</summary>
    public bool IsBottomOfStack => (Header[2] & 1) != 0;

    /// <summary>The time to live.</summary>
    public int TimeToLive => Header[3];

    internal override void Describe(StringBuilder text) => text.Append("MPLS ").Append(Label);
}
