using System.Net;
using System.Text;

namespace DropMon.Packets;

/// <summary>
/// An ICMPv6 message (RFC 4443) with neighbour discovery (RFC 4861; struct icmp6hdr, nd_msg). The packet that an error
/// quotes is <see cref="Packet.Quoted"/>.
/// </summary>
public sealed class Icmpv6Message : PacketLayer
{
    internal const int FixedLength = 8;
    internal const string LayerName = "ICMPv6";

    private const byte DestinationUnreachable = 1;
    private const byte PacketTooBig = 2;
    private const byte TimeExceeded = 3;
    private const byte ParameterProblem = 4;
    private const byte EchoRequest = 128;
    private const byte EchoReply = 129;
    private const byte RouterSolicitation = 133;
    private const byte RouterAdvertisement = 134;
    private const byte NeighborSolicitation = 135;
    private const byte NeighborAdvertisement = 136;
    private const byte Redirect = 137;

    private IReadOnlyList<NeighborDiscoveryOption>? _options;

    internal Icmpv6Message(HeaderBytes header)
        : base(header)
    {
    }

    /// <inheritdoc/>
    public override string Name => LayerName;

    /// <summary>The message's type (ICMPV6_*, NDISC_*).</summary>
    public byte Type => Header[0];

    /// <summary>The type's code.</summary>
    public byte Code => Header[1];

    /// <summary>The type in words, or its number where it is not known.</summary>
    public string TypeName => Type switch
    {
        DestinationUnreachable => "destination unreachable",
        PacketTooBig => "packet too big",
        TimeExceeded => "time exceeded",
        ParameterProblem => "parameter problem",
        EchoRequest => "echo request",
        EchoReply => "echo reply",
        130 => "multicast listener query",
        131 => "multicast listener report",
        132 => "multicast listener done",
        RouterSolicitation => "router solicitation",
        RouterAdvertisement => "router advertisement",
        NeighborSolicitation => "neighbor solicitation",
        NeighborAdvertisement => "neighbor advertisement",
        Redirect => "redirect",
        143 => "multicast listener report v2",
        _ => NumberedText.Type(Type),
    };

    /// <summary>The code in words; null for a type that has one code only.</summary>
    public string? CodeName => (Type, Code) switch
    {
        (DestinationUnreachable, 0) => "no route",
        (DestinationUnreachable, 1) => "administratively prohibited",
        (DestinationUnreachable, 2) => "beyond scope",
        (DestinationUnreachable, 3) => "address unreachable",
        (DestinationUnreachable, 4) => "port unreachable",
        (DestinationUnreachable, 5) => "source address policy",
        (DestinationUnreachable, 6) => "reject route",
        (TimeExceeded, 0) => "in transit",
        (TimeExceeded, 1) => "in reassembly",
        (ParameterProblem, 0) => "header field",
        (ParameterProblem, 1) => "next header",
        (ParameterProblem, 2) => "option",
        (_, 0) => null,
        _ => NumberedText.Code(Code),
    };

    /// <summary>The identifier of an echo; null for other types.</summary>
    public int? Identifier => IsEcho ? UInt16(4) : null;

    /// <summary>The sequence number of an echo; null for other types.</summary>
    public int? SequenceNumber => IsEcho ? UInt16(6) : null;

    /// <summary>The MTU that a "packet too big" message reports, in bytes; null for other types.</summary>
    public uint? Mtu => Type == PacketTooBig ? UInt32(4) : null;

    /// <summary>
    /// The address that a neighbour solicitation, an advertisement or a redirect is about; null for other types, or where the bytes end
    /// before it.
    /// </summary>
    public IPAddress? TargetAddress => HasTarget ? AddressText.Ip(Part(8, 24)) : null;

    /// <summary>The options of a neighbour discovery message, up to the first that is malformed or cut, 32 at most.</summary>
    public IReadOnlyList<NeighborDiscoveryOption> Options => _options ??= NeighborDiscoveryOption.ReadAll(OptionBytes);

    /// <summary>The sender's hardware address, from the options; null where there is none.</summary>
    public string? SourceLinkAddress => LinkAddress(NeighborDiscoveryOption.SourceLinkAddress);

    /// <summary>The target's hardware address, from the options; null where there is none.</summary>
    public string? TargetLinkAddress => LinkAddress(NeighborDiscoveryOption.TargetLinkAddress);

    /// <summary>Whether it is an error, which quotes a packet.</summary>
    public bool IsError => Type is >= DestinationUnreachable and <= ParameterProblem;

    /// <summary>The length of the quoted packet where extensions follow it (RFC 4884), else 0.</summary>
    internal int QuotedLength => Type is DestinationUnreachable or TimeExceeded ? Header[4] * 8 : 0;

    internal ReadOnlySpan<byte> OptionBytes => OptionsOffset(Type) is > 0 and var offset ? Part(offset, HeaderLength) : default;

    private bool IsEcho => Type is EchoRequest or EchoReply;

    private bool HasTarget => Type is NeighborSolicitation or NeighborAdvertisement or Redirect;

    /// <summary>Where the options of a neighbour discovery message begin; 0 for other messages.</summary>
    internal static int OptionsOffset(byte type) => type switch
    {
        RouterSolicitation => 8,
        RouterAdvertisement => 16,
        NeighborSolicitation or NeighborAdvertisement => 24,
        Redirect => 40,
        _ => 0,
    };

    internal override void Describe(StringBuilder text)
    {
        text.Append("ICMPv6 ").Append(TypeName);
        if (CodeName is { } code)
        {
            text.Append(" (").Append(code).Append(')');
        }

        if (IsEcho)
        {
            text.Append(", id ").Append(UInt16(4)).Append(", seq ").Append(UInt16(6));
        }

        if (Mtu is { } mtu)
        {
            text.Append(", mtu ").Append(mtu);
        }

        if (TargetAddress is { } target)
        {
            text.Append(Type == NeighborSolicitation ? ", who has " : ", target ").Append(target);
        }

        if (SourceLinkAddress is { } source)
        {
            text.Append(", source ").Append(source);
        }

        if (TargetLinkAddress is { } link)
        {
            text.Append(" at ").Append(link);
        }
    }

    private string? LinkAddress(byte kind)
    {
        foreach (NeighborDiscoveryOption option in Options)
        {
            if (option.Kind == kind)
            {
                return option.LinkAddress;
            }
        }

        return null;
    }
}
