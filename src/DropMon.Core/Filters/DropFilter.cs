namespace DropMon.Filters;

/// <summary>
/// Says which drops are wanted: those that meet every condition. It is data: it can be compared, sent as JSON (<see cref="FilterJson"/>)
/// and compiled for the kernel. It does not change; <see cref="With"/> makes another.
/// </summary>
public sealed class DropFilter : IEquatable<DropFilter>
{
    private readonly Lazy<FilterMatcher> _matcher;

    private DropFilter(IEnumerable<FilterCondition> conditions)
    {
        Conditions = [.. conditions.OrderBy(condition => condition.Field)];
        _matcher = new Lazy<FilterMatcher>(() => new FilterMatcher(this));
    }

    /// <summary>Wants everything.</summary>
    public static DropFilter None { get; } = new([]);

    /// <summary>The conditions, one a field at most, in the order of the fields.</summary>
    public IReadOnlyList<FilterCondition> Conditions { get; }

    /// <summary>Whether it wants everything.</summary>
    public bool IsEmpty => Conditions.Count == 0;

    /// <summary>What alerts must have: a source whose alerts lack one of these has to refuse the filter.</summary>
    internal IReadOnlyList<FilterNeed> Needs =>
        [.. Conditions.Select(condition => FilterFields.Of(condition.Field).Need(condition)).OfType<FilterNeed>()];

    /// <summary>What decides.</summary>
    internal FilterMatcher Matcher => _matcher.Value;

    /// <summary>The condition of a field; null where there is none.</summary>
    public FilterCondition? this[FilterField field] => Conditions.FirstOrDefault(condition => condition.Field == field);

    /// <summary>The filter with a condition more, or another one for the same field.</summary>
    /// <param name="field">What it asks about.</param>
    /// <param name="values">Names or patterns, any of which may match: <c>*</c>, <c>?</c>, <c>[a-z]</c>, with a backtick before what stands
    /// for itself; addresses with or without a prefix length, ports or ranges of them, and inode numbers for the fields that take these.
    /// Null leaves the filter as it is.</param>
    /// <exception cref="FilterException">The values cannot be used: there are none or too many, one is no pattern, or nothing is like
    /// it.</exception>
    public DropFilter With(FilterField field, params string[]? values) =>
        values is null
            ? this
            : new DropFilter(Conditions.Where(condition => condition.Field != field).Append(FilterFields.Of(field).Create(values)));

    /// <summary>Whether an alert is wanted.</summary>
    public bool Matches(DropAlert alert) =>
        Matcher.MatchesSite(alert.Site)
            && Matcher.MatchesInterface(alert.InterfaceName)
            && Matcher.MatchesNamespace(alert.NetworkNamespace)
            && Matcher.MatchesProcess(alert.ProcessName)
            && Matcher.MatchesUnit(alert.Unit)
            && Matcher.MatchesContainer(alert.Container)
            && Matcher.MatchesPacket(alert.EtherType, alert.Payload);

    /// <summary>Whether both want the same.</summary>
    public bool Equals(DropFilter? other) => other is not null && Conditions.SequenceEqual(other.Conditions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DropFilter);

    /// <inheritdoc/>
    public override int GetHashCode() => Conditions.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? "everything" : string.Join("; ", Conditions);
}
