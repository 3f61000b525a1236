using DropMon.Text;

namespace DropMon.Counters;

/// <summary>
/// Says which counters are wanted. A part that is null wants all; a counter without an interface is not one of an interface's.
/// </summary>
internal sealed class DropCounterFilter
{
    public NamePatternSet? Class { get; init; }

    public NamePatternSet? InterfaceName { get; init; }

    /// <summary>Asked about group and name, as in <c>Udp.InErrors</c>, and about the name alone.</summary>
    public NamePatternSet? Name { get; init; }

    public IReadOnlySet<DropImplication>? ImpliesDrop { get; init; }

    public bool NonZero { get; init; }

    public bool Matches(DropCounter counter) => MatchesIdentity(counter) && (!NonZero || counter.Value != 0);

    public bool Matches(DropCounterChange change) => MatchesIdentity(change.Counter) && (!NonZero || change.Increase != 0);

    private bool MatchesIdentity(DropCounter counter) =>
        (Class is null || Class.Matches(counter.Class.ToString()))
        && (InterfaceName is null || InterfaceName.Matches(counter.InterfaceName))
        && (Name is null || Name.Matches(counter.Name) || Name.Matches(counter.Description.Counter.Name))
        && (ImpliesDrop is null || ImpliesDrop.Contains(counter.ImpliesDrop));
}
