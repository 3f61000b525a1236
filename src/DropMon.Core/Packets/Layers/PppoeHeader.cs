using System.Text;

namespace DropMon.Packets;

/// <summary>The header of a PPPoE session with the PPP protocol behind it (RFC 2516, struct pppoe_hdr).</summary>
public sealed class PppoeHeader : PacketLayer
{
    // With the two bytes of the PPP protocol.
    internal const int Length = 8;
    internal const string LayerName = "PPPoE";

    internal PppoeHeader(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The session's number.</summary>
    public int SessionId => UInt16(2);

    /// <summary>The length of what follows the PPPoE header, the PPP protocol included, in bytes.</summary>
    public int PayloadLength => UInt16(4);

    /// <summary>The PPP protocol: 0x0021 IPv4, 0x0057 IPv6.</summary>
    public ushort PppProtocol => UInt16(6);

    internal override void Describe(StringBuilder text) => text.Append("PPPoE session ").Append(SessionId);
}
