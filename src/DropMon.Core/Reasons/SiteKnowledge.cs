namespace DropMon.Reasons;

/// <summary>
/// All that the knowledge file says of a drop for one reason in one function: the reason's entry, what its site or the function's entry
/// changes, and the variants.
/// </summary>
internal sealed record SiteKnowledge
{
    /// <summary>The type where no counter gives it one: the reason; null where the kernel gives none.</summary>
    public string? Name { get; init; }

    /// <inheritdoc cref="SiteEntry.Type"/>
    public string? Type { get; init; }

    public DropClass Class { get; init; }

    public DropSignificance Significance { get; init; }

    public string? Meaning { get; init; }

    public IReadOnlyList<CounterName> Counters { get; init; } = [];

    public IReadOnlyList<CounterName> PossibleCounters { get; init; } = [];

    public IReadOnlyList<string> Causes { get; init; } = [];

    public string? Confirm { get; init; }

    public string? Remedy { get; init; }

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<VariantEntry> Variants { get; init; } = [];

    /// <summary>What it says of a drop in short.</summary>
    public DropClassification Classification => new(Class, Type ?? TypeOf(Counters) ?? Name, Significance, Meaning);

    /// <summary>What it says where a variant holds.</summary>
    public SiteKnowledge With(VariantEntry variant) => this with
    {
        Type = variant.Type ?? (variant.Counters is null ? Type : null),
        Class = variant.Class ?? Class,
        Significance = variant.Significance ?? Significance,
        Meaning = variant.Meaning,
        Counters = variant.Counters ?? Counters,
        PossibleCounters = variant.PossibleCounters ?? PossibleCounters,
        Causes = variant.Causes ?? Causes,
        Confirm = variant.Confirm ?? Confirm,
        Remedy = variant.Remedy ?? Remedy,
        Variants = [],
    };

    /// <summary>What it says where the variant holds that an alert has been explained by; itself where none did.</summary>
    public SiteKnowledge Explaining(string? explanation)
    {
        foreach (VariantEntry variant in Variants)
        {
            if (variant.Meaning == explanation)
            {
                return With(variant);
            }
        }

        return this;
    }

    /// <summary>A socket's own count of drops belongs to no MIB: it says where, not what.</summary>
    private static string? TypeOf(IReadOnlyList<CounterName> counters)
    {
        for (int i = 0; i < counters.Count; i++)
        {
            if (counters[i].Group != CounterName.SocketGroup)
            {
                return counters[i].Name;
            }
        }

        return null;
    }
}
