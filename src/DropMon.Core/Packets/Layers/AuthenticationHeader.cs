using System.Text;

namespace DropMon.Packets;

/// <summary>An IPsec authentication header (RFC 4302, struct ip_auth_hdr).</summary>
public sealed class AuthenticationHeader : PacketLayer
{
    internal const int FixedLength = 12;

    internal AuthenticationHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => IpProtocol.Name(IpProtocol.Authentication);

    /// <summary>The number of the header that follows.</summary>
    public byte NextHeader => Header[0];

    /// <summary>The security parameters index.</summary>
    public uint Spi => UInt32(4);

    /// <summary>The sequence number.</summary>
    public uint SequenceNumber => UInt32(8);

    internal override void Describe(StringBuilder text) =>
        AddressText.AppendHex(text.Append("AH spi 0x"), Spi, 8).Append(", seq ").Append(SequenceNumber);
}
