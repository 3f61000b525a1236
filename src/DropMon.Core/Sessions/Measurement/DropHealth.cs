namespace DropMon;

/// <summary>The verdict of a health check.</summary>
public enum DropHealthStatus : long
{
    /// <summary>Within the limits.</summary>
    Passed,

    /// <summary>A limit was broken.</summary>
    Failed,
}

/// <summary>What a health check found: one for each place that broke a limit, or one that says all is well.</summary>
public sealed record DropHealth
{
    /// <summary>The verdict.</summary>
    public required DropHealthStatus Status { get; init; }

    /// <summary>The place and the reason; <c>(all)</c> where all is well.</summary>
    public required string Name { get; init; }

    /// <summary>The limit that was broken, or those that were kept.</summary>
    public required string Limit { get; init; }

    /// <summary>Packets dropped there; of all that were looked at, where all is well.</summary>
    public required long Count { get; init; }

    /// <summary>Packets a second, on average.</summary>
    public required double PerSecond { get; init; }

    /// <summary>How long was looked.</summary>
    public required TimeSpan Duration { get; init; }

    /// <inheritdoc cref="DropAlert.Function"/>
    public string? Function { get; init; }

    /// <inheritdoc cref="DropAlert.Location"/>
    public string? Location { get; init; }

    /// <inheritdoc cref="DropAlert.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="DropAlert.Class"/>
    public DropClass? Class { get; init; }

    /// <inheritdoc cref="DropAlert.Type"/>
    public string? Type { get; init; }

    /// <inheritdoc cref="DropAlert.Significance"/>
    public DropSignificance? Significance { get; init; }

    /// <inheritdoc cref="DropAlert.Explanation"/>
    public string? Explanation { get; init; }

    /// <summary>What became of the alerts.</summary>
    public DropLedger? Ledger { get; init; }

    /// <inheritdoc cref="DropAlert.ComputerName"/>
    public string? ComputerName { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Status}: {Name}: {SaturatingCount.Text(Count)} in {Duration.TotalSeconds:0.#} s, {PerSecond:0.##}/s ({Limit})");
}
