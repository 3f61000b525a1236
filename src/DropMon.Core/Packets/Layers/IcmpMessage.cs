using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>An ICMP message (RFC 792, struct icmphdr). The packet that an error quotes is <see cref="Packet.Quoted"/>.</summary>
public sealed class IcmpMessage : PacketLayer
{
    internal const int FixedLength = 8;
    internal const string LayerName = "ICMP";

    private const byte EchoReply = 0;
    private const byte DestinationUnreachable = 3;
    private const byte Redirect = 5;
    private const byte EchoRequest = 8;
    private const byte TimeExceeded = 11;
    private const byte FragmentationNeeded = 4;

    internal IcmpMessage(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The message's type (ICMP_*).</summary>
    public byte Type => Header[0];

    /// <summary>The type's code.</summary>
    public byte Code => Header[1];

    /// <summary>The type in words, or its number where it is not known.</summary>
    public string TypeName => Type switch
    {
        EchoReply => "echo reply",
        DestinationUnreachable => "destination unreachable",
        4 => "source quench",
        Redirect => "redirect",
        EchoRequest => "echo request",
        9 => "router advertisement",
        10 => "router solicitation",
        TimeExceeded => "time exceeded",
        12 => "parameter problem",
        13 => "timestamp request",
        14 => "timestamp reply",
        42 => "extended echo request",
        43 => "extended echo reply",
        _ => NumberedText.Type(Type),
    };

    /// <summary>The code in words; null for a type that has one code only.</summary>
    public string? CodeName => (Type, Code) switch
    {
        (DestinationUnreachable, 0) => "network unreachable",
        (DestinationUnreachable, 1) => "host unreachable",
        (DestinationUnreachable, 2) => "protocol unreachable",
        (DestinationUnreachable, 3) => "port unreachable",
        (DestinationUnreachable, FragmentationNeeded) => "fragmentation needed",
        (DestinationUnreachable, 5) => "source route failed",
        (DestinationUnreachable, 6) => "network unknown",
        (DestinationUnreachable, 7) => "host unknown",
        (DestinationUnreachable, 9) => "network prohibited",
        (DestinationUnreachable, 10) => "host prohibited",
        (DestinationUnreachable, 13) => "administratively prohibited",
        (Redirect, 0) => "for the network",
        (Redirect, 1) => "for the host",
        (TimeExceeded, 0) => "in transit",
        (TimeExceeded, 1) => "in reassembly",
        (_, 0) => null,
        _ => NumberedText.Code(Code),
    };

    /// <summary>The identifier of an echo; null for other types.</summary>
    public int? Identifier => IsEcho ? UInt16(4) : null;

    /// <summary>The sequence number of an echo; null for other types.</summary>
    public int? SequenceNumber => IsEcho ? UInt16(6) : null;

    /// <summary>The MTU of the next hop, in bytes, where fragmentation was needed; null otherwise.</summary>
    public int? NextHopMtu => Type == DestinationUnreachable && Code == FragmentationNeeded ? UInt16(6) : null;

    /// <summary>The gateway that a redirect names; null for other types.</summary>
    public IPAddress? Gateway => Type == Redirect ? AddressText.Ip(Header[4..8]) : null;

    /// <summary>Whether it is an error, which quotes a packet.</summary>
    public bool IsError => Type is DestinationUnreachable or 4 or Redirect or TimeExceeded or 12;

    private bool IsEcho => Type is EchoReply or EchoRequest;

    /// <summary>The length of the quoted packet where extensions follow it (RFC 4884), else 0.</summary>
    internal int QuotedLength => Type is DestinationUnreachable or TimeExceeded or 12 ? Header[5] * 4 : 0;

    internal override void Describe(StringBuilder text)
    {
        text.Append("ICMP ").Append(TypeName);
        if (CodeName is { } code)
        {
            text.Append(" (").Append(code).Append(')');
        }

        if (IsEcho)
        {
            text.Append(", id ").Append(UInt16(4)).Append(", seq ").Append(UInt16(6));
        }

        if (NextHopMtu is { } mtu)
        {
            text.Append(", mtu ").Append(mtu);
        }

        if (Gateway is { } gateway)
        {
            text.Append(", to ").Append(gateway);
        }
    }
}
