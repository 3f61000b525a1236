using System.Management.Automation;
using DropMon.Filters;

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

        FilterPattern[] each = Each(patterns);
        return text => Array.Exists(each, pattern => pattern.Matches(text));
    }

    /// <summary>Each pattern by itself.</summary>
    public static FilterPattern[] Each(string[]? patterns) =>
        Array.ConvertAll(patterns ?? [], pattern => new FilterPattern(pattern, WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch));

    /// <summary>The names that are meant as they stand, each once, however often and in whatever case it is given: those with wildcards may match nothing.</summary>
    public static IEnumerable<string> Literals(IEnumerable<string> patterns) =>
        patterns.Where(pattern => !WildcardPattern.ContainsWildcardCharacters(pattern)).Select(WildcardPattern.Unescape).Distinct(StringComparer.OrdinalIgnoreCase);
}
