using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>An IGMP message (RFC 2236, 3376, struct igmphdr).</summary>
public sealed class IgmpMessage : PacketLayer
{
    internal const int FixedLength = 8;
    internal const string LayerName = "IGMP";

    private const byte Version3Report = 0x22;

    internal IgmpMessage(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The message's type (IGMP_*).</summary>
    public byte Type => Header[0];

    /// <summary>The type in words, or its number where it is not known.</summary>
    public string TypeName => Type switch
    {
        0x11 => "query",
        0x12 => "v1 report",
        0x16 => "v2 report",
        0x17 => "leave",
        Version3Report => "v3 report",
        _ => NumberedText.Type(Type),
    };

    /// <summary>The group; null in a version 3 report, which may list several.</summary>
    public IPAddress? Group => Type == Version3Report ? null : AddressText.Ip(Header[4..8]);

    internal override void Describe(StringBuilder text)
    {
        text.Append("IGMP ").Append(TypeName);
        if (Group is { } group)
        {
            text.Append(' ').Append(group);
        }
    }
}
