namespace DropMon.Reasons.Predicates;

/// <summary>What sort of addresses a packet has.</summary>
internal static class AddressKind
{
    private const int Ipv4Source = 12;
    private const int Ipv4Destination = 16;
    private const int Ipv6Source = 8;
    private const int Ipv6Destination = 24;

    public static Truth Destination(in PacketOutline packet, string kind) => packet.IpVersion switch
    {
        _ when packet.Ip.IsEmpty => Truth.Unknown,
        4 => Destination(in packet, packet.Ip.Slice(Ipv4Destination, 4), kind),
        _ => TruthOf.Known(IsDestination6(packet.Ip.Slice(Ipv6Destination, 16), kind)),
    };

    public static Truth Source(in PacketOutline packet, string kind) => packet.IpVersion switch
    {
        _ when packet.Ip.IsEmpty => Truth.Unknown,
        4 => TruthOf.Known(IsSource(packet.Ip.Slice(Ipv4Source, 4), kind)),
        _ => TruthOf.Known(IsSource6(packet.Ip.Slice(Ipv6Source, 16), kind)),
    };

    private static Truth Destination(in PacketOutline packet, ReadOnlySpan<byte> address, string kind)
    {
        // A host's own copy of what it sends to its network has no frame that would say so.
        bool isFrameNeeded = kind is "broadcast" or "unicast" && !packet.HasFrame && MayBeBroadcast(address);
        return isFrameNeeded ? Truth.Unknown : TruthOf.Known(IsDestination(address, IsBroadcastFrame(in packet), kind));
    }

    // The part of the address that names the host, two bits at least, is all ones; up to Linux 5.13 all zeros too.
    private static bool MayBeBroadcast(ReadOnlySpan<byte> address) =>
        address[0] is not 127 and < 224 && (address[3] & 3) is 0 or 3;

    private static bool IsDestination(ReadOnlySpan<byte> address, bool isBroadcastFrame, string kind) => kind switch
    {
        "multicast" => address[0] >> 4 == 0xe,
        "local-multicast" => address is [224, 0, 0, _],
        "loopback" => address[0] == 127,
        "broadcast" => address[0] >> 4 != 0xe && (isBroadcastFrame || address is [255, 255, 255, 255]),
        _ => address[0] is not 127 and < 224 && !isBroadcastFrame,
    };

    private static bool IsDestination6(ReadOnlySpan<byte> address, string kind) => kind switch
    {
        "multicast" => address[0] == 0xff,
        "local-multicast" => address[0] == 0xff && (address[1] & 0xf) <= 2,
        "loopback" => IsLoopback6(address),
        "broadcast" => false,
        _ => address[0] != 0xff && !IsLoopback6(address),
    };

    private static bool IsSource(ReadOnlySpan<byte> address, string kind) => kind switch
    {
        "loopback" => address[0] == 127,
        "unspecified" => address is [0, 0, 0, 0],
        "invalid" => address[0] >> 4 == 0xe || address is [255, 255, 255, 255] || address[0] == 0,
        _ => address[0] is not 127 and not 0 and < 224,
    };

    private static bool IsSource6(ReadOnlySpan<byte> address, string kind) => kind switch
    {
        "loopback" => IsLoopback6(address),
        "unspecified" => address.IndexOfAnyExcept((byte)0) < 0,
        "invalid" => address[0] == 0xff,
        _ => address[0] != 0xff && address[..15].IndexOfAnyExcept((byte)0) >= 0,
    };

    private static bool IsLoopback6(ReadOnlySpan<byte> address) => address[15] == 1 && address[..15].IndexOfAnyExcept((byte)0) < 0;

    private static bool IsBroadcastFrame(in PacketOutline packet) => packet.HasFrame && packet.Frame[..6].IndexOfAnyExcept((byte)0xff) < 0;
}
