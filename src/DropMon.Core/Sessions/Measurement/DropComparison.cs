namespace DropMon;

/// <summary>What became of a group of drops from one measurement to another.</summary>
public enum DropChange : long
{
    /// <summary>The rates differ by no more than the tolerance, or by no more than chance explains.</summary>
    Same = 0,

    /// <summary>There was none before.</summary>
    New,

    /// <summary>There is none any more.</summary>
    Gone,

    /// <summary>Fewer a second.</summary>
    Better,

    /// <summary>More a second.</summary>
    Worse,
}

/// <summary>One group of drops in two measurements, its rates set side by side.</summary>
public sealed record DropComparison
{
    /// <inheritdoc cref="DropMeasurement.Name"/>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required DropChange Status { get; init; }

    /// <summary>Packets dropped before.</summary>
    public required long CountBefore { get; init; }

    /// <summary>Packets dropped after.</summary>
    public required long CountAfter { get; init; }

    /// <summary>Packets a second before.</summary>
    public required double PerSecondBefore { get; init; }

    /// <summary>Packets a second after.</summary>
    public required double PerSecondAfter { get; init; }

    /// <summary>How many packets a second more; negative for fewer.</summary>
    public double Change => PerSecondAfter - PerSecondBefore;

    /// <summary>The rate after as a multiple of the one before; null where there was none before.</summary>
    public double? Ratio => PerSecondBefore > 0 ? PerSecondAfter / PerSecondBefore : null;

    /// <inheritdoc cref="DropAlert.Function"/>
    public string? Function { get; init; }

    /// <inheritdoc cref="DropAlert.Reason"/>
    public string? Reason { get; init; }

    /// <summary>The counter that the kernel increments there; else the reason.</summary>
    public string? Type { get; init; }

    /// <inheritdoc cref="DropAlert.Class"/>
    public DropClass? Class { get; init; }

    /// <inheritdoc cref="DropAlert.Significance"/>
    public DropSignificance? Significance { get; init; }

    /// <inheritdoc cref="DropAlert.Explanation"/>
    public string? Explanation { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Status} {Name}: {PerSecondBefore:0.##}/s before, {PerSecondAfter:0.##}/s after");
}
