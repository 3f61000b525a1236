namespace DropMon.Reasons;

/// <summary>What the knowledge file says of one reason.</summary>
internal sealed record ReasonEntry
{
    public required string Name { get; init; }

    public required string Subsystem { get; init; }

    /// <summary>The class; <see cref="DropClass.Unknown"/> where only the function can tell.</summary>
    public required DropClass Class { get; init; }

    public required DropSignificance Significance { get; init; }

    /// <inheritdoc cref="SiteEntry.Type"/>
    public string? Type { get; init; }

    /// <summary>What the kernel increments once for each such drop, the most telling first; empty where it counts nothing.</summary>
    public required IReadOnlyList<CounterName> Counters { get; init; }

    /// <summary>What the kernel may increment, depending on the case, or not once for each drop.</summary>
    public required IReadOnlyList<CounterName> PossibleCounters { get; init; }

    public required string Meaning { get; init; }

    public required IReadOnlyList<string> Causes { get; init; }

    public string? Confirm { get; init; }

    public string? Remedy { get; init; }

    /// <summary>The kernels that have it, e.g. <c>6.1+</c> or <c>6.1-6.11</c>.</summary>
    public required string Kernels { get; init; }

    /// <summary>Where it was read from: source file, then function.</summary>
    public required string Source { get; init; }

    /// <summary>What differs by the function that raises the reason.</summary>
    public required IReadOnlyList<SiteEntry> Sites { get; init; }

    /// <inheritdoc cref="SiteEntry.Variants"/>
    public IReadOnlyList<VariantEntry> Variants { get; init; } = [];

    /// <summary>What differs in the given function; null where nothing does.</summary>
    public SiteEntry? FindSite(string function)
    {
        if (Sites.Count == 0)
        {
            return null;
        }

        var map = new FunctionMap<SiteEntry>();
        foreach (SiteEntry site in Sites)
        {
            foreach (string name in site.Functions)
            {
                map.Add(name, site);
            }
        }

        return map.TryFind(function, out SiteEntry found) ? found : null;
    }
}
