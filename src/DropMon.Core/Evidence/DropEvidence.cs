namespace DropMon;

/// <summary>One thing found on this machine, now, that bears on a drop reason.</summary>
public sealed record DropEvidence
{
    /// <summary>The reason it was looked for; null where the drop has none.</summary>
    public string? Reason { get; init; }

    /// <summary>What was looked at: a socket, an interface, a setting, a rule, a counter.</summary>
    public required string Subject { get; init; }

    /// <summary>What was found, in one sentence.</summary>
    public required string Finding { get; init; }

    /// <summary>The figure or setting behind it, as the machine gave it; null where there is none.</summary>
    public string? Value { get; init; }

    /// <summary>What it says of the suspected cause.</summary>
    public EvidenceVerdict Verdict { get; init; }

    /// <summary>The file that was read or the command that was run, for the reader to repeat.</summary>
    public required string Source { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Verdict}: {Subject}: {Finding}";
}
