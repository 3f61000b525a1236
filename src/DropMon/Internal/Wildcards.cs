using System.Management.Automation;
using DropMon.Monitoring;

namespace DropMon.Commands;

/// <summary>PowerShell's wildcards as the engine's predicates.</summary>
internal static class Wildcards
{
    /// <summary>Whether a text matches any of the patterns, whatever its case; null for no patterns.</summary>
    public static Predicate<string>? AnyOf(string[]? patterns)
    {
        if (patterns is null)
        {
            return null;
        }

        WildcardPattern[] compiled = Array.ConvertAll(patterns, pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant));
        return text => Array.Exists(compiled, pattern => pattern.IsMatch(text));
    }

    /// <summary>Each pattern by itself.</summary>
    public static IReadOnlyList<FilterPattern> Each(string[]? patterns) =>
        Array.ConvertAll(patterns ?? [], pattern => new FilterPattern(pattern, AnyOf([pattern])!));

    /// <summary>The names that are meant as they stand, each once, however often and in whatever case it is given: those with wildcards may match nothing.</summary>
    public static IEnumerable<string> Literals(IEnumerable<string> patterns) =>
        patterns.Where(pattern => !WildcardPattern.ContainsWildcardCharacters(pattern)).Select(WildcardPattern.Unescape).Distinct(StringComparer.OrdinalIgnoreCase);
}
