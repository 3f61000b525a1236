using System.Text;

namespace DropMon.Packets;

/// <summary>A GENEVE header (RFC 8926, struct genevehdr).</summary>
public sealed class GeneveHeader : PacketLayer
{
    internal const int FixedLength = 8;
    internal const int Port = 6081;
    internal const string LayerName = "GENEVE";

    internal GeneveHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The EtherType of what follows.</summary>
    public ushort ProtocolType => UInt16(2);

    /// <summary>The network identifier (VNI), 0 to 16777215.</summary>
    public int Vni => (int)(UInt32(4) >> 8);

    /// <summary>The length of the options, in bytes.</summary>
    public int OptionsLength => HeaderLength - FixedLength;

    internal static int MeasuredLength(ReadOnlySpan<byte> header) => FixedLength + ((header[0] & 0x3f) * 4);

    internal override void Describe(StringBuilder text) => text.Append("GENEVE vni ").Append(Vni);
}
