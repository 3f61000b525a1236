using DropMon.Packets;

namespace DropMon.Reasons.Predicates;

/// <summary>
/// What one drop tells of itself, asked by the predicates of the place where it happened. Views into the drop; allocates nothing.
/// </summary>
internal readonly ref struct DropFacts
{
    private const byte Icmp = 1;
    private const byte Icmp6 = 58;

    private readonly PacketOutline _packet;
    private readonly ushort? _etherType;
    private readonly DropDevice? _device;

    /// <param name="bytes">The packet from its link-layer header on; empty where none came.</param>
    /// <param name="etherType">The kernel's idea of the protocol; null where the source does not name it.</param>
    /// <param name="device">The device that it came in by; null where that is not known.</param>
    public DropFacts(ReadOnlySpan<byte> bytes, ushort? etherType, DropDevice? device)
    {
        _etherType = etherType;
        _packet = new PacketOutline(bytes, etherType);
        _device = device;
    }

    /// <summary>Whether a predicate with a text as its value holds.</summary>
    public Truth Ask(PredicateSubject subject, string value) => subject switch
    {
        PredicateSubject.Ip => IpVersion is { } version ? TruthOf.Known(version == value[0] - '0') : Truth.Unknown,
        PredicateSubject.To => AddressKind.Destination(in _packet, value),
        PredicateSubject.From => AddressKind.Source(in _packet, value),
        PredicateSubject.Frame => Frame(value),
        PredicateSubject.Vlan => _packet.HasFrame ? TruthOf.Known(_packet.IsTagged) : Truth.Unknown,
        PredicateSubject.Checksum => TransportCheck.Checksum(in _packet) switch
        {
            Truth.Unknown => Truth.Unknown,
            Truth right => TruthOf.Known((right == Truth.Yes) == (value == "right")),
        },
        PredicateSubject.Length => TransportCheck.Length(in _packet) switch
        {
            Truth.Unknown => Truth.Unknown,
            Truth right => TruthOf.Known((right == Truth.Yes) == (value == "right")),
        },
        PredicateSubject.Fragment => _packet.Ip.IsEmpty ? Truth.Unknown : TruthOf.Known(_packet.IsFragment == (value == "part")),
        PredicateSubject.EtherType => _etherType is { } type
            ? TruthOf.Known(value == "handled" ? type is EtherType.Ipv4 or EtherType.Arp or EtherType.Ipv6 : type == 0 == (value == "none"))
            : Truth.Unknown,
        PredicateSubject.Device => _device is { } device ? TruthOf.Known(device.Kind == value) : Truth.Unknown,
        _ => Truth.Unknown,
    };

    /// <summary>Whether a predicate with a number as its value holds.</summary>
    public Truth Ask(PredicateSubject subject, byte value) => subject switch
    {
        PredicateSubject.Protocol => _packet.Protocol is { } protocol ? TruthOf.Known(protocol == value) : Truth.Unknown,
        PredicateSubject.Icmp when _packet.Protocol is not null and not Icmp and not Icmp6 => Truth.No,
        PredicateSubject.Icmp => _packet.Transport.IsEmpty ? Truth.Unknown : TruthOf.Known(_packet.Transport[0] == value),
        _ => Truth.Unknown,
    };

    private int? IpVersion =>
        _packet.IpVersion ?? _etherType switch { EtherType.Ipv4 => 4, EtherType.Ipv6 => 6, 0 or null => null, _ => 0 };

    private Truth Frame(string value)
    {
        if (!_packet.HasFrame)
        {
            return Truth.Unknown;
        }

        ReadOnlySpan<byte> address = _packet.Frame[..6];
        bool isGroup = (address[0] & 1) != 0;
        bool isBroadcast = address.IndexOfAnyExcept((byte)0xff) < 0;
        return value switch
        {
            "broadcast" => TruthOf.Known(isBroadcast),
            "multicast" => TruthOf.Known(isGroup && !isBroadcast),
            "unicast" => TruthOf.Known(!isGroup),
            // Of a device of the same name elsewhere the address would be another: only that it is this one's says something.
            _ when isGroup => Truth.No,
            _ => _device?.HardwareAddress is { Length: 6 } own && address.SequenceEqual(own) ? Truth.Yes : Truth.Unknown,
        };
    }
}
