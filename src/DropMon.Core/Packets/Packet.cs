namespace DropMon.Packets;

/// <summary>
/// The dissected headers of a packet. The properties here are those that most questions need, taken from
/// <see cref="Layers"/>; each is null where the packet has no such header or the bytes end before it. What is public is a plain
/// value, so that a packet turns into flat JSON; the module shows PowerShell the rest.
/// </summary>
public sealed class Packet
{
    private readonly PacketLayer[] _layers;
    private readonly byte? _protocol;
    private readonly LinkType _innerLink;
    private readonly LinkType _quotedLink;
    private readonly int _payloadOffset;
    private readonly int _depth;
    private Packet? _inner;
    private Packet? _quoted;

    internal Packet(ReadOnlyMemory<byte> bytes, int originalLength, in Dissection dissection, int depth)
    {
        Bytes = bytes;
        Length = originalLength;
        EtherType = dissection.EtherType;
        IsFragment = dissection.IsFragment;
        TruncatedLayer = dissection.TruncatedLayer;
        Malformed = dissection.Malformed;
        PayloadLength = dissection.Remaining;
        _payloadOffset = dissection.Position;
        _layers = dissection.Layers;
        _protocol = dissection.Protocol;
        _innerLink = dissection.Inner;
        _quotedLink = dissection.Quoted;
        _depth = depth;
    }

    /// <summary>The packet's bytes, from the link-layer header on where it has one, as far as they came.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The packet's length on the wire, in bytes.</summary>
    public int Length { get; }

    /// <summary>Whether fewer bytes came than the packet has.</summary>
    public bool IsTruncated => Bytes.Length < Length;

    /// <summary>The name of the header that the bytes end in; null when all headers came whole.</summary>
    public string? TruncatedLayer { get; }

    /// <summary>What is wrong with the packet itself, e.g. a length that exceeds it: the first finding; null when nothing is.</summary>
    public string? Malformed { get; }

    /// <summary>The headers from the outermost on, up to the one that carries <see cref="Inner"/> if there is one.</summary>
    internal IReadOnlyList<PacketLayer> Layers => _layers;

    /// <summary>The hardware address of the source, e.g. <c>02:00:00:00:00:01</c>.</summary>
    public string? SourceMac => Find<EthernetHeader>()?.SourceMac;

    /// <summary>The hardware address of the destination.</summary>
    public string? DestinationMac => Find<EthernetHeader>()?.DestinationMac;

    /// <summary>The protocol behind the link-layer header and all VLAN tags; without a known one, what the kernel had for it.</summary>
    public ushort? EtherType { get; }

    /// <summary>The VLAN of the outermost tag in the bytes; a tag that the device took off is not there.</summary>
    public int? VlanId => Find<VlanTag>()?.Id;

    /// <summary>The transport protocol's name, e.g. <c>TCP</c>; without one the name of <see cref="EtherType"/>.</summary>
    public string? Protocol => ProtocolName.Of(EtherType, _protocol);

    /// <summary>The IP address of the source; in ARP that of the sender.</summary>
    public string? SourceAddress
    {
        get
        {
            foreach (PacketLayer layer in _layers)
            {
                switch (layer)
                {
                    case Ipv4Header ip:
                        return ip.SourceAddress.ToString();
                    case Ipv6Header ip:
                        return ip.SourceAddress.ToString();
                    case ArpMessage arp:
                        return arp.SenderAddress?.ToString();
                }
            }

            return null;
        }
    }

    /// <summary>The IP address of the destination; in ARP that of the target.</summary>
    public string? DestinationAddress
    {
        get
        {
            foreach (PacketLayer layer in _layers)
            {
                switch (layer)
                {
                    case Ipv4Header ip:
                        return ip.DestinationAddress.ToString();
                    case Ipv6Header ip:
                        return ip.DestinationAddress.ToString();
                    case ArpMessage arp:
                        return arp.TargetAddress?.ToString();
                }
            }

            return null;
        }
    }

    /// <summary>The time to live of IPv4, or the hop limit of IPv6.</summary>
    public int? TimeToLive => Find<Ipv4Header>()?.TimeToLive ?? Find<Ipv6Header>()?.HopLimit;

    /// <summary>Whether it is one of several fragments of a packet. All but the first lack the transport header.</summary>
    public bool IsFragment { get; }

    /// <summary>The source port of TCP, UDP or SCTP.</summary>
    public int? SourcePort => Find<TcpHeader>()?.SourcePort ?? Find<UdpHeader>()?.SourcePort ?? Find<SctpHeader>()?.SourcePort;

    /// <summary>The destination port of TCP, UDP or SCTP.</summary>
    public int? DestinationPort =>
        Find<TcpHeader>()?.DestinationPort ?? Find<UdpHeader>()?.DestinationPort ?? Find<SctpHeader>()?.DestinationPort;

    /// <summary>The flags of TCP.</summary>
    public TcpFlags? TcpFlags => Find<TcpHeader>()?.Flags;

    /// <summary>The length on the wire of what follows the last header in <see cref="Layers"/>, in bytes, without padding.</summary>
    public int PayloadLength { get; }

    /// <summary>
    /// The packet inside a tunnel, dissected when first asked for; null without a tunnel that is known here, and in fragments.
    /// </summary>
    internal Packet? Inner =>
        _innerLink == LinkType.Unknown ? null : _inner ??= PacketDissector.DissectInner(Payload, PayloadLength, _innerLink, _depth + 1);

    /// <summary>The packet that an ICMP or ICMPv6 error quotes, mostly its beginning only; null in other packets.</summary>
    internal Packet? Quoted =>
        _quotedLink == LinkType.Unknown ? null : _quoted ??= PacketDissector.DissectQuoted(Payload, PayloadLength, _quotedLink, _depth + 1);

    private ReadOnlyMemory<byte> Payload => Bytes.Slice(_payloadOffset, Math.Min(PayloadLength, Bytes.Length - _payloadOffset));

    /// <summary>
    /// The packet in one line as tcpdump would put it, e.g. <c>10.1.1.1.40000 > 10.1.1.2.9: UDP, length 12</c>. Whether it
    /// was truncated or is malformed stands in brackets at the end.
    /// </summary>
    public override string ToString() => PacketText.Of(this);

    internal T? Find<T>()
        where T : PacketLayer
    {
        foreach (PacketLayer layer in _layers)
        {
            if (layer is T found)
            {
                return found;
            }
        }

        return null;
    }
}
