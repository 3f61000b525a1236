using DropMon.Filters;
using DropMon.Packets;
using DropMon.Reasons;

namespace DropMon.Sources.Ebpf.Filtering;

/// <summary>
/// What the program decides of a filter. It rejects a drop only where it is certain that the matcher would; all else is passed up and
/// decided there. A condition with a pattern that only the matcher can read is left to it as a whole.
/// </summary>
internal sealed class ProgramFilter
{
    // More would make the program long for every drop.
    private const int MostValues = 64;
    private const int MostRanges = 128;

    private readonly List<FilterField> _fields = [];

    /// <summary>Takes from a filter what a program can decide.</summary>
    /// <param name="filter">Which drops are wanted.</param>
    /// <param name="reasons">The reasons of the running kernel.</param>
    public ProgramFilter(DropFilter filter, KernelReasonTable reasons)
    {
        FilterMatcher matcher = filter.Matcher;
        if (matcher.Reasons is { } wanted && reasons.ReadKnown() is { Count: > 0 } known)
        {
            UnwantedReasons = Take(FilterField.Reason, NumberRanges.Of(
                known.Where(reason => reason.Key <= int.MaxValue && !wanted.Matches(reason.Value)).Select(reason => reason.Key)));
        }

        Processes = TakeNames(filter, FilterField.ProcessName);
        Interfaces = TakeNames(filter, FilterField.InterfaceName);
        Namespaces = Take<uint>(FilterField.NetworkNamespace, matcher.Namespaces?.Select(inode => (uint)inode).ToArray());
        if (matcher.Protocols is { } protocols)
        {
            TakeProtocols(protocols);
        }

        EndpointMatcher endpoints = matcher.Endpoints;
        Addresses = Take(FilterField.Address, endpoints.Either);
        SourceAddresses = Take(FilterField.SourceAddress, endpoints.Source);
        DestinationAddresses = Take(FilterField.DestinationAddress, endpoints.Destination);
        Ports = Take(FilterField.Port, NumberRanges.Merge(endpoints.EitherPort));
        SourcePorts = Take(FilterField.SourcePort, NumberRanges.Merge(endpoints.SourcePort));
        DestinationPorts = Take(FilterField.DestinationPort, NumberRanges.Merge(endpoints.DestinationPort));
    }

    /// <summary>The conditions that the program applies, if only to some drops.</summary>
    public IReadOnlyList<FilterField> Fields => _fields;

    /// <summary>Numbers that are known to name another reason; null for no condition, as in all that follow.</summary>
    public IReadOnlyList<NumberRange>? UnwantedReasons { get; }

    public IReadOnlyList<KernelName>? Processes { get; }

    public IReadOnlyList<KernelName>? Interfaces { get; }

    public IReadOnlyList<uint>? Namespaces { get; }

    /// <summary>Wanted EtherTypes of packets that are not IP.</summary>
    public IReadOnlyList<NumberRange>? EtherTypes { get; private set; }

    /// <summary>Wanted protocols in IPv4; null where IPv4 is wanted as such, or there is no condition.</summary>
    public IReadOnlyList<NumberRange>? ProtocolsOfIpv4 { get; private set; }

    /// <summary>The same in IPv6.</summary>
    public IReadOnlyList<NumberRange>? ProtocolsOfIpv6 { get; private set; }

    public IReadOnlyList<AddressPrefix>? Addresses { get; }

    public IReadOnlyList<AddressPrefix>? SourceAddresses { get; }

    public IReadOnlyList<AddressPrefix>? DestinationAddresses { get; }

    public IReadOnlyList<NumberRange>? Ports { get; }

    public IReadOnlyList<NumberRange>? SourcePorts { get; }

    public IReadOnlyList<NumberRange>? DestinationPorts { get; }

    public bool AsksForDevice => Interfaces is not null || Namespaces is not null;

    public bool AsksForAddresses => (Addresses ?? SourceAddresses ?? DestinationAddresses) is not null;

    public bool AsksForPorts => (Ports ?? SourcePorts ?? DestinationPorts) is not null;

    public bool AsksForPacket => EtherTypes is not null || AsksForAddresses || AsksForPorts;

    private void TakeProtocols(ProtocolSet protocols)
    {
        IReadOnlyList<NumberRange> types = NumberRanges.Of(Numbers(ushort.MaxValue, type => protocols.HasEtherType((ushort)type)));
        IReadOnlyList<NumberRange> numbers = NumberRanges.Of(Numbers(byte.MaxValue, number => protocols.HasProtocol((byte)number)));
        if (Take(FilterField.Protocol, types) is not null)
        {
            EtherTypes = types;
            ProtocolsOfIpv4 = protocols.HasEtherType(EtherType.Ipv4) ? null : numbers;
            ProtocolsOfIpv6 = protocols.HasEtherType(EtherType.Ipv6) ? null : numbers;
        }
    }

    private static IEnumerable<uint> Numbers(uint last, Func<uint, bool> isWanted)
    {
        for (uint number = 0; number <= last; number++)
        {
            if (isWanted(number))
            {
                yield return number;
            }
        }
    }

    private IReadOnlyList<KernelName>? TakeNames(DropFilter filter, FilterField field)
    {
        KernelName?[]? names = filter[field]?.Values.Select(KernelName.TryRead).ToArray();
        return names is not null && Array.TrueForAll(names, name => name is not null)
            ? Take<KernelName>(field, [.. names.OfType<KernelName>()])
            : null;
    }

    private IReadOnlyList<T>? Take<T>(FilterField field, IReadOnlyList<T>? values)
    {
        if (values is null || values.Count > (typeof(T) == typeof(NumberRange) ? MostRanges : MostValues))
        {
            return null;
        }

        _fields.Add(field);
        return values;
    }
}
