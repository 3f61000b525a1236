using DropMon.Packets;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>
/// A filter, compiled: what depends on the site alone is asked once a site, the rest once a drop, without an object for it. A drop that
/// lacks what a condition asks about is not wanted. For any number of threads.
/// </summary>
internal sealed class FilterMatcher
{
    public FilterMatcher(DropFilter filter)
    {
        Reasons = NamesOf(filter[FilterField.Reason]);
        Functions = NamesOf(filter[FilterField.Function]);
        Classes = ChoicesOf<DropClass>(filter[FilterField.Class]);
        Significances = ChoicesOf<DropSignificance>(filter[FilterField.Significance]);
        Interfaces = NamesOf(filter[FilterField.InterfaceName]);
        Protocols = NamesOf(filter[FilterField.Protocol]) is { } patterns ? new ProtocolSet(patterns) : null;
        Endpoints = new EndpointMatcher(filter);
        Namespaces = filter[FilterField.NetworkNamespace]?.Values.Select(FilterValues.Inode).ToHashSet();
        Processes = NamesOf(filter[FilterField.ProcessName]);
        Units = NamesOf(filter[FilterField.Unit]);
        Containers = NamesOf(filter[FilterField.Container]);
    }

    /// <summary>The wanted reasons; null for all, as for the others.</summary>
    public NamePatternSet? Reasons { get; }

    /// <summary>The wanted functions.</summary>
    public NamePatternSet? Functions { get; }

    /// <summary>The wanted classes.</summary>
    public IReadOnlySet<DropClass>? Classes { get; }

    /// <summary>The wanted significances.</summary>
    public IReadOnlySet<DropSignificance>? Significances { get; }

    /// <summary>The wanted interfaces.</summary>
    public NamePatternSet? Interfaces { get; }

    /// <summary>The wanted protocols.</summary>
    public ProtocolSet? Protocols { get; }

    /// <summary>The wanted addresses and ports.</summary>
    public EndpointMatcher Endpoints { get; }

    /// <summary>The wanted network namespaces.</summary>
    public IReadOnlySet<ulong>? Namespaces { get; }

    /// <summary>The wanted processes.</summary>
    public NamePatternSet? Processes { get; }

    /// <summary>The wanted systemd units.</summary>
    public NamePatternSet? Units { get; }

    /// <summary>The wanted containers.</summary>
    public NamePatternSet? Containers { get; }

    /// <summary>Whether drops at a site may be wanted.</summary>
    public bool MatchesSite(DropSite site) =>
        (Reasons is null || Reasons.Matches(site.Reason))
        && (Functions is null || Functions.Matches(site.Function))
        && (Classes is null || Classes.Contains(site.Class))
        && (Significances is null || Significances.Contains(site.Significance));

    /// <summary>Whether packets of an interface may be wanted.</summary>
    public bool MatchesInterface(string? name) => Interfaces is null || Interfaces.Matches(name);

    /// <summary>Whether drops in a process may be wanted.</summary>
    public bool MatchesProcess(string? name) => Processes is null || Processes.Matches(name);

    /// <summary>Whether packets of a systemd unit may be wanted.</summary>
    public bool MatchesUnit(string? name) => Units is null || Units.Matches(name);

    /// <summary>Whether packets of a container may be wanted.</summary>
    public bool MatchesContainer(string? name) => Containers is null || Containers.Matches(name);

    /// <summary>Whether drops in a network namespace may be wanted.</summary>
    /// <param name="inode">Its inode number; null where it is unknown.</param>
    public bool MatchesNamespace(ulong? inode) => Namespaces is null || (inode is { } number && Namespaces.Contains(number));

    /// <summary>Whether a packet may be wanted for its protocols, addresses and ports.</summary>
    public bool MatchesPacket(ushort? etherType, ReadOnlySpan<byte> payload)
    {
        if (Protocols is null && Endpoints.IsEmpty)
        {
            return true;
        }

        PacketPeek peek = PacketPeek.At(payload, etherType);
        return (Protocols is null || Protocols.Has(in peek)) && (Endpoints.IsEmpty || Endpoints.Matches(in peek, payload));
    }

    private static NamePatternSet? NamesOf(FilterCondition? condition) => NamePatternSet.Parse(condition?.Values);

    private static HashSet<T>? ChoicesOf<T>(FilterCondition? condition)
        where T : struct, Enum => condition is null ? null : [.. condition.Values.Select(Enum.Parse<T>)];
}
