using DropMon.Packets;

namespace DropMon.Filters;

/// <summary>
/// Says which drops are wanted. A part that is null wants everything; a drop that lacks what a part asks about is not
/// wanted. What depends on the site alone is asked once a site.
/// </summary>
public sealed class DropFilter
{
    /// <summary>Wants everything.</summary>
    public static DropFilter None { get; } = new();

    /// <summary>Asked about <see cref="DropAlert.Reason"/>.</summary>
    public Predicate<string>? Reason { get; init; }

    /// <summary>Asked about <see cref="DropAlert.Function"/>.</summary>
    public Predicate<string>? Function { get; init; }

    /// <summary>Asked about the name of <see cref="DropAlert.Class"/>.</summary>
    public Predicate<string>? Class { get; init; }

    /// <summary>Asked about <see cref="DropAlert.InterfaceName"/>.</summary>
    public Predicate<string>? InterfaceName { get; init; }

    /// <summary>Asked about <see cref="DropAlert.Protocol"/> and about the network protocol: a TCP packet is wanted as TCP and as IPv4.</summary>
    public Predicate<string>? Protocol { get; init; }

    /// <summary>The wanted values of <see cref="DropAlert.Significance"/>.</summary>
    public IReadOnlySet<DropSignificance>? Significance { get; init; }

    /// <summary>The patterns behind <see cref="Reason"/>, if it was made of such.</summary>
    public IReadOnlyList<FilterPattern> ReasonPatterns { get; init; } = [];

    /// <summary>The patterns behind <see cref="Protocol"/>, if it was made of such.</summary>
    public IReadOnlyList<FilterPattern> ProtocolPatterns { get; init; } = [];

    /// <summary>Whether it wants everything.</summary>
    public bool IsEmpty => Reason is null && Function is null && Class is null && InterfaceName is null && Protocol is null && Significance is null;

    /// <summary>Whether an alert is wanted.</summary>
    public bool Matches(DropAlert alert) =>
        MatchesSite(alert.Site)
        && (InterfaceName is null || (alert.InterfaceName is { } name && InterfaceName(name)))
        && (Protocol is null || MatchesProtocol(alert.EtherType, alert.Payload));

    internal bool MatchesSite(DropSite site) =>
        Wants(Reason, site.Reason)
        && Wants(Function, site.Function)
        && (Class is null || Class(site.Class.ToString()))
        && (Significance is null || Significance.Contains(site.Significance));

    internal bool MatchesProtocol(ushort? etherType, ReadOnlySpan<byte> payload)
    {
        if (Protocol is null)
        {
            return true;
        }

        PacketPeek peek = PacketPeek.At(payload, etherType);
        return (peek.EtherType is { } type && Protocol(EtherType.Name(type))) || (peek.Protocol is { } number && Protocol(IpProtocol.Name(number)));
    }

    private static bool Wants(Predicate<string>? part, string? value) => part is null || (value is not null && part(value));
}
