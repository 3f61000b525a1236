using System.CommandLine;
using DropMon.Text;

namespace DropMon.Cli;

/// <summary>Options that take patterns, any of which may match: the same wildcards as the cmdlets take.</summary>
internal static class PatternOption
{
    public static Option<string[]> Create(string name, string description, params string[] aliases)
    {
        var option = new Option<string[]>(name, aliases)
        {
            Description = description,
            HelpName = "pattern",
            AllowMultipleArgumentsPerToken = true
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{name} takes no empty pattern: it would match nothing.");
            }

            foreach (string text in result.Tokens.Select(token => token.Value))
            {
                if (!NamePattern.TryParse(text, out _, out string? fault))
                {
                    result.AddError($"'{text}' for {name} is not a valid pattern: {fault}.");
                }
            }
        });
        return option;
    }

    /// <summary>Patterns that may also be given in one argument, with commas between them.</summary>
    public static string[]? Split(string[]? patterns) =>
        Given(patterns) is { } given ? [.. given.SelectMany(pattern => SplitOutsideBrackets(pattern))] : null;

    /// <summary>Patterns; null where none are given.</summary>
    public static string[]? Given(string[]? patterns) => patterns is { Length: > 0 } ? patterns : null;

    /// <summary>Patterns of classes. One that no class fits is an error, since it would let nothing through.</summary>
    public static Option<string[]> OfClasses(string description)
    {
        Option<string[]> option = Create("--class", description);
        string[] names = Enum.GetNames<DropClass>();
        option.CompletionSources.Add(names);
        option.Validators.Add(result =>
        {
            foreach (string pattern in result.Tokens.Select(token => token.Value).Where(pattern => !StandsForOne(pattern)))
            {
                result.AddError($"--class takes patterns of {string.Join(", ", names.Order(StringComparer.Ordinal))}, not '{pattern}'.");
            }
        });
        return option;

        // What is no pattern has its own error.
        bool StandsForOne(string text) =>
            !NamePattern.TryParse(text, out NamePattern? pattern, out _) || Array.Exists(names, name => pattern.Matches(name));
    }

    private static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        int start = 0;
        for (int end = 0; end <= text.Length; end++)
        {
            // A comma within brackets leaves the part before it without its closing one.
            if ((end == text.Length || text[end] == ',') && (end == text.Length || NamePattern.TryParse(text[start..end], out _, out _)))
            {
                if (end > start)
                {
                    yield return text[start..end];
                }

                start = end + 1;
            }
        }
    }
}
