using DropMon.Sessions.Measurement;

namespace DropMon;

/// <summary>
/// How many drops of one group there were, and when. A group is what has the same values of the properties in
/// <see cref="By"/>; a property that is neither among them nor the same for the whole group is null.
/// </summary>
public sealed record DropMeasurement
{
    /// <summary>The group's values, in the order of <see cref="By"/>; <c>(all)</c> where there is one group.</summary>
    public required string Name { get; init; }

    /// <summary>What the drops are grouped by.</summary>
    public required IReadOnlyList<DropGroupKey> By { get; init; }

    /// <summary>Packets dropped.</summary>
    public required long Count { get; init; }

    /// <summary>Packets a second, on average over <see cref="Duration"/>.</summary>
    public double PerSecond => Count / Math.Max(Duration.TotalSeconds, DropTally.ShortestSeconds);

    /// <summary>
    /// Packets a second in the fullest interval of <see cref="History"/>; no less than the average, where the whole time is shorter than an
    /// interval.
    /// </summary>
    public double PeakPerSecond => History.Count == 0 ? 0 : Math.Max(History.Max() / HistoryInterval.TotalSeconds, PerSecond);

    /// <summary>The part of all that were counted: 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>When the first was dropped.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>When the last was dropped.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>Packets dropped in each interval from <see cref="Start"/> on, 64 at the most.</summary>
    public required IReadOnlyList<long> History { get; init; }

    /// <summary>How long an interval of <see cref="History"/> is: a second, or a power of two of seconds where the time is long.</summary>
    public required TimeSpan HistoryInterval { get; init; }

    /// <summary><see cref="History"/> as a line of bars.</summary>
    public string Sparkline => Text.Sparkline.Draw(History);

    /// <inheritdoc cref="DropAlert.Function"/>
    public string? Function { get; init; }

    /// <inheritdoc cref="DropAlert.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="DropAlert.ReasonSubsystem"/>
    public string? ReasonSubsystem { get; init; }

    /// <inheritdoc cref="DropAlert.Class"/>
    public DropClass? Class { get; init; }

    /// <inheritdoc cref="DropAlert.Type"/>
    public string? Type { get; init; }

    /// <inheritdoc cref="DropAlert.Significance"/>
    public DropSignificance? Significance { get; init; }

    /// <inheritdoc cref="DropAlert.Explanation"/>
    public string? Explanation { get; init; }

    /// <inheritdoc cref="DropAlert.Location"/>
    public string? Location { get; init; }

    /// <inheritdoc cref="DropAlert.Module"/>
    public string? Module { get; init; }

    /// <inheritdoc cref="DropAlert.InterfaceName"/>
    public string? InterfaceName { get; init; }

    /// <inheritdoc cref="DropAlert.Protocol"/>
    public string? Protocol { get; init; }

    /// <inheritdoc cref="DropAlert.ProcessName"/>
    public string? ProcessName { get; init; }

    /// <inheritdoc cref="DropAlert.ProcessId"/>
    public int? ProcessId { get; init; }

    /// <inheritdoc cref="DropAlert.Cpu"/>
    public int? Cpu { get; init; }

    /// <inheritdoc cref="DropAlert.NetworkNamespace"/>
    public ulong? NetworkNamespace { get; init; }

    /// <inheritdoc cref="DropAlert.NetworkNamespaceName"/>
    public string? NetworkNamespaceName { get; init; }

    /// <inheritdoc cref="DropAlert.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="DropAlert.Container"/>
    public string? Container { get; init; }

    /// <inheritdoc cref="DropAlert.TrapName"/>
    public string? TrapName { get; init; }

    /// <inheritdoc cref="DropAlert.ComputerName"/>
    public string? ComputerName { get; init; }

    /// <summary>When the measurement began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it took; of alerts that were collected earlier, from the first of them to the last by default.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>
    /// What became of the alerts in the whole measurement; null where alerts were counted that had been collected earlier.
    /// </summary>
    public DropLedger? Ledger { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {SaturatingCount.Text(Count)} in {Duration.TotalSeconds:0.#} s, {PerSecond:0.##}/s");
}
