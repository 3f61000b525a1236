namespace DropMon.Reasons;

/// <summary>
/// What the knowledge file says of functions: of one that drops packets without a reason, or of those where a reason
/// means something else than usual. Null: nothing of its own to say.
/// </summary>
internal sealed record SiteEntry
{
    /// <summary>Function names, <c>*</c> and <c>?</c> allowed.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

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

    public string? Meaning { get; init; }

    /// <inheritdoc cref="ReasonEntry.Causes"/>
    public IReadOnlyList<string>? Causes { get; init; }

    public string? Confirm { get; init; }

    public string? Remedy { get; init; }

    public required string Source { get; init; }

    /// <summary>
    /// What the running kernel, the packet or its device tell of the cause: the first that holds replaces what this entry says.
    /// </summary>
    public IReadOnlyList<VariantEntry> Variants { get; init; } = [];
}
