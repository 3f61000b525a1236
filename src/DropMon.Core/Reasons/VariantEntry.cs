using DropMon.Reasons.Predicates;

namespace DropMon.Reasons;

/// <summary>
/// One of the causes that share a place: what the knowledge file says where all its conditions hold. Null: as the entry that it belongs to
/// says.
/// </summary>
internal sealed record VariantEntry
{
    /// <summary>The conditions, all of which must hold; one of which nothing is known does not.</summary>
    public required IReadOnlyList<DropPredicate> When { get; init; }

    public DropClass? Class { get; init; }

    public DropSignificance? Significance { get; init; }

    /// <summary>
    /// The counter that gives the drops their type although not each of them raises it: the one of the usual case. Null: the first of
    /// <see cref="Counters"/>.
    /// </summary>
    public string? Type { get; init; }

    /// <inheritdoc cref="ReasonEntry.Counters"/>
    public IReadOnlyList<CounterName>? Counters { get; init; }

    /// <inheritdoc cref="ReasonEntry.PossibleCounters"/>
    public IReadOnlyList<CounterName>? PossibleCounters { get; init; }

    /// <summary>What happened: by it a variant is found again in an alert that was written.</summary>
    public required string Meaning { get; init; }

    /// <inheritdoc cref="ReasonEntry.Causes"/>
    public IReadOnlyList<string>? Causes { get; init; }

    public string? Confirm { get; init; }

    public string? Remedy { get; init; }
}
