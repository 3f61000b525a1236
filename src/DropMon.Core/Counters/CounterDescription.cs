using DropMon.Reasons;

namespace DropMon.Counters;

/// <summary>What is known about a counter, whatever its scope. One instance for all its readings.</summary>
internal sealed class CounterDescription(CounterName counter, Lazy<CounterMap> map)
{
    private IReadOnlyList<string>? _reasons;

    public CounterName Counter { get; } = counter;

    public string Name { get; } = counter.ToString();

    public DropClass Class { get; init; }

    public DropImplication Implies { get; init; }

    public string? Meaning { get; init; }

    public string? Caveat { get; init; }

    /// <summary>
    /// What it counts on virtual devices, by their kind; <c>*</c> for any kind that is not listed. Empty where that is what adapters count.
    /// </summary>
    public IReadOnlyDictionary<string, string> VirtualMeanings { get; init; } = new Dictionary<string, string>();

    /// <summary>What it counts on a device.</summary>
    /// <param name="kind">The device's kind (IFLA_INFO_KIND); null for an adapter.</param>
    public string? MeaningOn(string? kind) =>
        kind is null ? Meaning : VirtualMeanings.GetValueOrDefault(kind) ?? VirtualMeanings.GetValueOrDefault("*") ?? Meaning;

    /// <summary>Why no drop alert may tell of an increase.</summary>
    public UnseenCause Unseen { get; init; }

    /// <summary>Whether it goes up and down and an increase says nothing.</summary>
    public bool IsGauge { get; init; }

    /// <summary>Whether the kernel keeps it in 32 bits, so that it starts again at 0 after 4,294,967,295.</summary>
    public bool Is32Bit { get; init; }

    /// <summary>The reasons that raise it. The map behind them is read at the first use.</summary>
    public IReadOnlyList<string> Reasons =>
        _reasons ??= [.. map.Value.FindRaisers(Counter).Select(raiser => raiser.Reason).OfType<string>().Distinct(StringComparer.Ordinal)];
}
