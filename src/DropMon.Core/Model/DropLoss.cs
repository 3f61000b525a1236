namespace DropMon;

/// <summary>Alerts that were lost for one cause.</summary>
public sealed record DropLoss
{
    /// <summary>The cause, a stable name for scripts: <c>KernelQueue</c>, <c>Socket</c>, <c>Ring</c>, ...</summary>
    public required string Cause { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>Whether the count is exact; otherwise at least that many were lost.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>Where they were lost, as the end of a sentence; null where a file names a cause that this DropMon does not know.</summary>
    public string? Description { get; init; }

    /// <summary>What helps, as the end of a sentence; null where nothing does.</summary>
    public string? Remedy { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(IsExact ? "" : "at least ")}{Count} {Description ?? $"({Cause})"}{(Remedy is null ? "" : $" ({Remedy})")}";
}
