using System.Text;

namespace DropMon.Packets;

/// <summary>The header of an IPsec encapsulated payload (RFC 4303, struct ip_esp_hdr); what follows is encrypted.</summary>
public sealed class EspHeader : PacketLayer
{
    internal const int Length = 8;
    internal const string LayerName = "ESP";

    internal EspHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The security parameters index.</summary>
    public uint Spi => UInt32(0);

    /// <summary>The sequence number's low 32 bits.</summary>
    public uint SequenceNumber => UInt32(4);

    internal override void Describe(StringBuilder text) =>
        AddressText.AppendHex(text.Append("ESP spi 0x"), Spi, 8).Append(", seq ").Append(SequenceNumber);
}
