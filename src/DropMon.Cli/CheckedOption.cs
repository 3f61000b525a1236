using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DropMon.Cli;

/// <summary>Options whose values are checked as they are read: a wrong value gives one line that says what is right.</summary>
internal static class CheckedOption
{
    /// <summary>The longest that the kernel is asked to wait at a time, in seconds: 23 days.</summary>
    public const double LongestWait = 2_000_000;

    private const double LongestDuration = 100_000_000; // three years, as for the cmdlets

    /// <summary>An option that takes seconds, above 0 and with fractions.</summary>
    public static Option<double?> Seconds(string name, string? alias, string description, double most = LongestDuration) =>
        new(name, alias is null ? [] : [alias])
        {
            Description = description,
            HelpName = "seconds",
            CustomParser = result =>
            {
                if (double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
                    && seconds > 0
                    && seconds <= most)
                {
                    return seconds;
                }

                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name} takes a number of seconds above 0 and at most {most}, not '{Text(result)}'."));
                return null;
            },
        };

    /// <summary>An option that takes a whole number.</summary>
    public static Option<T?> Whole<T>(string name, string? alias, string description, string unit, T least)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name, alias is null ? [] : [alias])
        {
            Description = description,
            HelpName = unit,
            CustomParser = result =>
            {
                if (T.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number) && number >= least)
                {
                    return number;
                }

                result.AddError(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{name} takes a whole number from {least} to {T.MaxValue}, not '{Text(result)}'."));
                return null;
            },
        };

    /// <summary>An option that takes one of a few names.</summary>
    public static Option<T?> Choice<T>(string name, string description, string? helpName = null)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => TryChoose(Text(result), result, out T value) ? value : null,
        };

    /// <summary>An option that takes one of some names, the first unless it is given.</summary>
    public static Option<string> Name(string name, string description, IReadOnlyList<string> names) => new(name)
    {
        Description = $"{description}: {string.Join(", ", names)}.",
        HelpName = "name",
        CompletionSources = { names.ToArray() },
        DefaultValueFactory = _ => names[0],
        CustomParser = result =>
        {
            string? known = names.FirstOrDefault(candidate => candidate.Equals(Text(result), StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                result.AddError($"{name} takes {string.Join(", ", names)}, not '{Text(result)}'.");
            }

            return known;
        },
    };

    /// <summary>An option that takes some of a few names, each as an argument of its own or with commas between.</summary>
    public static Option<T[]> Choices<T>(string name, string? alias, string description)
        where T : struct, Enum => new(name, alias is null ? [] : [alias])
        {
            Description = $"{description}: {string.Join(", ", Enum.GetNames<T>())}.",
            HelpName = "names",
            AllowMultipleArgumentsPerToken = true,
            CompletionSources = { Enum.GetNames<T>() },
            CustomParser = result =>
            {
                var values = new List<T>();
                foreach (string text in
                    result.Tokens.SelectMany(
                        token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
                {
                    if (TryChoose(text, result, out T value))
                    {
                        values.Add(value);
                    }
                }

                return [.. values];
            },
        };

    // By name alone: numbers would be taken for values that do not exist.
    private static bool TryChoose<T>(string text, ArgumentResult result, out T value)
        where T : struct, Enum
    {
        string? name = Enum.GetNames<T>().FirstOrDefault(candidate => candidate.Equals(text, StringComparison.OrdinalIgnoreCase));
        value = name is null ? default : Enum.Parse<T>(name);
        if (name is null)
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes {string.Join(", ", Enum.GetNames<T>())}, not '{text}'.");
        }

        return name is not null;
    }

    private static string Text(ArgumentResult result) => result.Tokens[0].Value;
}
