namespace DropMon.Model.Fields;

/// <summary>What a <see cref="DropSite"/> holds. Equal values make the same site.</summary>
internal record struct SiteValues
{
    public DropClass Class;
    public string? Type;
    public DropSignificance Significance;
    public string? Reason;
    public string? ReasonSubsystem;
    public string? Explanation;
    public string? Function;
    public ulong? Offset;
    public string? Module;
    public ulong? Address;
    public string? SourceFile;
    public int? Line;
    public IReadOnlyList<StackFrame>? InlineFrames;
    public string? TrapName;
    public string? TrapGroup;

    /// <summary>The site that has these values.</summary>
    public readonly DropSite Build()
    {
        SourceLocation? source = SourceFile is { } file && Line is { } line ? new SourceLocation(file, line, InlineFrames ?? []) : null;
        return new DropSite(this, source is null ? null : () => source);
    }
}
