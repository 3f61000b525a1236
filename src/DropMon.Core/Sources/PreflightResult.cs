namespace DropMon.Monitoring.Preflight;

/// <summary>How a check ended.</summary>
public enum PreflightStatus : long
{
    /// <summary>All is as it should be.</summary>
    Passed,

    /// <summary>DropMon works, but tells less than it could.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Failed,

    /// <summary>It does not apply here; the detail says why.</summary>
    Skipped,
}

/// <summary>What one check found.</summary>
/// <param name="Name">The check, a stable name for scripts.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What was found, in a sentence.</param>
/// <param name="Remedy">The fix, a command if there is one; null if nothing is wrong.</param>
public sealed record PreflightResult(string Name, PreflightStatus Status, string Detail, string? Remedy = null)
{
    /// <summary>For a control drop: the properties of <see cref="DropAlert"/> that its source leaves null, and why.</summary>
    internal IReadOnlyList<NullProperty> NullProperties { get; init; } = [];
}

/// <summary>A property of <see cref="DropAlert"/> that a source leaves null.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Why">Why, in a sentence.</param>
public sealed record NullProperty(string Property, string Why)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Property}: {Why}";
}
