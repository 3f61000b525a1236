namespace DropMon.Reasons;

/// <summary>What the knowledge file says of one devlink trap.</summary>
internal sealed record TrapEntry
{
    /// <summary>The trap's name, as devlink prints it.</summary>
    public required string Name { get; init; }

    /// <summary>The group it usually belongs to.</summary>
    public string? Group { get; init; }

    public required DropClass Class { get; init; }

    public required DropSignificance Significance { get; init; }

    public required string Meaning { get; init; }

    public required string Source { get; init; }
}
