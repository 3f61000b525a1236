namespace DropMon.Sessions.Measurement;

/// <summary>How to count.</summary>
public sealed record DropMeterOptions
{
    /// <summary>What to group by; nothing makes one group of all.</summary>
    public IReadOnlyList<DropGroupKey> By { get; init; } = DropMeter.DefaultKeys;

    /// <summary>End when this many packets are dropped within a second, all groups together; null for never.</summary>
    public double? MinPerSecond { get; init; }
}
