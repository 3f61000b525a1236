namespace DropMon.Filters;

/// <summary>A pattern of a filter as somebody wrote it.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Matches">What it wants.</param>
public sealed record FilterPattern(string Text, Predicate<string> Matches);
