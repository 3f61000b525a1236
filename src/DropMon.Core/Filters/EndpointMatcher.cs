using DropMon.Packets;

namespace DropMon.Filters;

/// <summary>The conditions on the addresses and ports of a packet; each is null where the filter has none.</summary>
internal sealed class EndpointMatcher
{
    public EndpointMatcher(DropFilter filter)
    {
        Either = Addresses(filter[FilterField.Address]);
        Source = Addresses(filter[FilterField.SourceAddress]);
        Destination = Addresses(filter[FilterField.DestinationAddress]);
        EitherPort = Ports(filter[FilterField.Port]);
        SourcePort = Ports(filter[FilterField.SourcePort]);
        DestinationPort = Ports(filter[FilterField.DestinationPort]);
    }

    /// <summary>Networks of which the source or the destination must be part.</summary>
    public AddressPrefix[]? Either { get; }

    public AddressPrefix[]? Source { get; }

    public AddressPrefix[]? Destination { get; }

    /// <summary>Ports of which the source's or the destination's must be one.</summary>
    public NumberRange[]? EitherPort { get; }

    public NumberRange[]? SourcePort { get; }

    public NumberRange[]? DestinationPort { get; }

    public bool HasAddresses => (Either ?? Source ?? Destination) is not null;

    public bool HasPorts => (EitherPort ?? SourcePort ?? DestinationPort) is not null;

    /// <summary>Whether every packet meets the conditions.</summary>
    public bool IsEmpty => !HasAddresses && !HasPorts;

    /// <summary>Whether a packet meets the conditions; one without addresses meets none of them, and the same with ports.</summary>
    public bool Matches(in PacketPeek peek, ReadOnlySpan<byte> payload) =>
        (!HasAddresses || MatchesAddresses(peek.SourceAddress(payload), peek.DestinationAddress(payload)))
        && (!HasPorts || (peek.TryReadPorts(payload, out ushort source, out ushort destination) && MatchesPorts(source, destination)));

    private bool MatchesAddresses(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination) =>
        (Source is null || IsIn(Source, source))
        && (Destination is null || IsIn(Destination, destination))
        && (Either is null || IsIn(Either, source) || IsIn(Either, destination));

    private bool MatchesPorts(ushort source, ushort destination) =>
        (SourcePort is null || IsIn(SourcePort, source))
        && (DestinationPort is null || IsIn(DestinationPort, destination))
        && (EitherPort is null || IsIn(EitherPort, source) || IsIn(EitherPort, destination));

    private static bool IsIn(AddressPrefix[] networks, ReadOnlySpan<byte> address)
    {
        foreach (AddressPrefix network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(NumberRange[] ranges, ushort port)
    {
        foreach (NumberRange range in ranges)
        {
            if (range.Contains(port))
            {
                return true;
            }
        }

        return false;
    }

    private static AddressPrefix[]? Addresses(FilterCondition? condition) => condition is null ? null
        : [.. condition.Values.Select(value => AddressPrefix.TryParse(value, out AddressPrefix? prefix) ? prefix : throw Unread(value))];

    private static NumberRange[]? Ports(FilterCondition? condition) => condition is null ? null
        : [.. condition.Values.Select(value => NumberRange.TryParsePorts(value, out NumberRange range) ? range : throw Unread(value))];

    // Conditions hold only what was read before.
    private static InvalidOperationException Unread(string value) => new(value);
}
