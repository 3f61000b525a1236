namespace DropMon;

/// <summary>A source of counters that could not be read, whole or in part.</summary>
/// <param name="Source">The file or facility.</param>
/// <param name="Error">What failed, why, and the fix.</param>
public sealed record DropCounterWarning(string Source, DropMonException Error)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Error.Remedy is { } remedy ? $"{Source}: {Error.Message} Fix: {remedy}" : $"{Source}: {Error.Message}";
}
