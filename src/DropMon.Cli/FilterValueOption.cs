using System.CommandLine;
using DropMon.Filters;

namespace DropMon.Cli;

/// <summary>An option for a condition whose values are no patterns: each as an argument of its own or with commas between.</summary>
internal sealed class FilterValueOption
{
    private readonly FilterField _field;

    public FilterValueOption(FilterField field, string name, string helpName, string description)
    {
        _field = field;
        Option = new Option<string[]>(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true };
        Option.Validators.Add(result =>
        {
            try
            {
                DropFilter.None.With(field, Split(result.Tokens.Select(token => token.Value)));
            }
            catch (FilterException error)
            {
                result.AddError(CommandSpelling.Of($"{name}: {error.Message} {error.Remedy}"));
            }
        });
    }

    /// <summary>The option.</summary>
    public Option<string[]> Option { get; }

    /// <summary>The filter with what was given.</summary>
    public DropFilter AddTo(DropFilter filter, ParseResult parsed) =>
        parsed.GetValue(Option) is { Length: > 0 } values ? filter.With(_field, Split(values)) : filter;

    private static string[] Split(IEnumerable<string> values) => [.. values.SelectMany(value => value.Split(','))];
}
