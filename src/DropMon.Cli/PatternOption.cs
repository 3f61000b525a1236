using System.CommandLine;
using System.IO.Enumeration;
using DropMon.Filters;

namespace DropMon.Cli;

/// <summary>Options that take patterns, any of which may match. They take * and ?, and ignore case.</summary>
internal static class PatternOption
{
    public static Option<string[]> Create(string name, string description, params string[] aliases)
    {
        var option = new Option<string[]>(name, aliases) { Description = description, HelpName = "pattern", AllowMultipleArgumentsPerToken = true };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{name} takes patterns, and none is empty: it would let nothing through.");
            }
        });
        return option;
    }

    /// <summary>Patterns that may also be given in one argument, with commas between them.</summary>
    public static string[] Split(string[]? patterns) => [.. (patterns ?? []).SelectMany(pattern => pattern.Split(',', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Patterns of classes. One that no class fits is an error, since it would let nothing through.</summary>
    public static Option<string[]> OfClasses(string description)
    {
        Option<string[]> option = Create("--class", description);
        string[] names = Enum.GetNames<DropClass>();
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            foreach (string pattern in result.Tokens.Select(token => token.Value).Where(pattern => !Array.Exists(names, name => Matches(pattern, name))))
            {
                result.AddError($"--class takes patterns of {string.Join(", ", names.Order(StringComparer.Ordinal))}, not '{pattern}'.");
            }
        });
        return option;
    }

    /// <summary>Whether a text matches any of the patterns; null for no patterns.</summary>
    public static Predicate<string>? AnyOf(string[]? patterns) =>
        patterns is not { Length: > 0 } ? null : text => Array.Exists(patterns, pattern => Matches(pattern, text));

    /// <summary>Each pattern by itself.</summary>
    public static IReadOnlyList<FilterPattern> Each(string[] patterns) =>
        Array.ConvertAll(patterns, pattern => new FilterPattern(pattern, text => Matches(pattern, text)));

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text);
}
