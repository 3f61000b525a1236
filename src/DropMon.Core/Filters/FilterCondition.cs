using DropMon.Text;

namespace DropMon.Filters;

/// <summary>A condition of a filter: what it asks about, and the values of which one must match.</summary>
public sealed class FilterCondition : IEquatable<FilterCondition>
{
    internal FilterCondition(FilterField field, IReadOnlyList<string> values)
    {
        Field = field;
        Values = values;
    }

    /// <summary>What it asks about.</summary>
    public FilterField Field { get; }

    /// <summary>
    /// The values, each once: patterns of names as they were written; of classes and significances the names that the patterns stand for;
    /// addresses, ports and inode numbers in their shortest spelling.
    /// </summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether both ask for the same, in whatever order and case.</summary>
    public bool Equals(FilterCondition? other) => other is not null && Field == other.Field && Patterns().SetEquals(other.Patterns());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FilterCondition);

    /// <inheritdoc/>
    public override int GetHashCode() => Patterns().Aggregate((int)Field, (hash, pattern) => hash ^ pattern.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => $"{Field} {string.Join(", ", Values)}";

    private HashSet<NamePattern> Patterns() => [.. Values.Select(NamePattern.Parse)];
}
