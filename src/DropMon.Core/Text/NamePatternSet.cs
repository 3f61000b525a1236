using System.Diagnostics.CodeAnalysis;

namespace DropMon.Text;

/// <summary>Patterns of names, any of which may match.</summary>
internal sealed class NamePatternSet(IEnumerable<NamePattern> patterns)
{
    private readonly NamePattern[] _patterns = [.. patterns];

    /// <summary>Each pattern by itself.</summary>
    public IReadOnlyList<NamePattern> Patterns => _patterns;

    /// <summary>Reads patterns; null for null, which stands for whatever there is.</summary>
    /// <exception cref="FormatException">One of the texts is no pattern.</exception>
    [return: NotNullIfNotNull(nameof(patterns))]
    public static NamePatternSet? Parse(IEnumerable<string>? patterns) =>
        patterns is null ? null : new NamePatternSet(patterns.Select(NamePattern.Parse));

    /// <summary>The names that are meant as they stand, each once, however often and in whatever case it is given.</summary>
    public static IEnumerable<string> NamesIn(IEnumerable<string> patterns) =>
        patterns.Select(NamePattern.Parse).Select(pattern => pattern.Name).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether any of the patterns stands for a name. None stands for a name that is missing.</summary>
    public bool Matches([NotNullWhen(true)] string? name) => name is not null && Matches(name.AsSpan());

    /// <inheritdoc cref="Matches(string?)"/>
    public bool Matches(ReadOnlySpan<char> name)
    {
        foreach (NamePattern pattern in _patterns)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }
}
