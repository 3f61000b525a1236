using System.Management.Automation;
using System.Management.Automation.Language;
using DropMon.Text;

namespace DropMon.Completion;

/// <summary>
/// The word that is to be completed: what the user began, without the quote that may stand before it, and perhaps with wildcards.
/// </summary>
internal sealed class CompletionWord
{
    // PowerShell takes the typographic quotes for the plain ones.
    private const string SingleQuotes = "'\u2018\u2019\u201a\u201b";
    private const string DoubleQuotes = "\"\u201c\u201d\u201e";

    private readonly string _quote = "";
    private readonly NamePattern _pattern;

    public CompletionWord(string wordToComplete)
    {
        string text = wordToComplete;
        if (text.Length > 0 && QuotesLike(text[0]) is { } quotes)
        {
            _quote = quotes[..1];
            text = text[1..];
            if (text.Length > 0 && quotes.Contains(text[^1]))
            {
                text = text[..^1];
            }
        }

        // What is no pattern yet, such as a bracket that is not closed, is meant as it stands.
        _pattern = NamePattern.TryParse(text + "*", out NamePattern? pattern, out _)
            ? pattern
            : NamePattern.Parse(NamePattern.Escape(text) + "*");
    }

    /// <summary>Whether a name is one that the user may mean. A name that could upset the terminal is none.</summary>
    public bool Matches(string name) => _pattern.Matches(name) && SafeText.Escape(name) == name;

    /// <summary>What is offered for a name: in the quotes that the user began, or in quotes where it needs some.</summary>
    /// <param name="name">The name.</param>
    /// <param name="meaning">What it means; null if unknown.</param>
    /// <param name="argument">What stands for it on the command line; null for the name itself.</param>
    public CompletionResult Offer(string name, string? meaning = null, string? argument = null) =>
        new(Quote(argument ?? name), name, CompletionResultType.ParameterValue, meaning ?? name);

    private string Quote(string argument) => _quote switch
    {
        "" when !NeedsQuotes(argument) => argument,
        "\"" => "\"" +
            argument.Replace("`", "``", StringComparison.Ordinal)
                .Replace("$", "`$", StringComparison.Ordinal)
                .Replace("\"", "`\"", StringComparison.Ordinal) +
            "\"",
        _ => $"'{CodeGeneration.EscapeSingleQuotedStringContent(argument)}'",
    };

    // PowerShell's own parser says whether it is one word as it stands.
    private static bool NeedsQuotes(string argument)
    {
        const string Command = "_ ";
        _ = Parser.ParseInput(Command + argument, out Token[] tokens, out ParseError[] errors);
        return errors.Length > 0
            || tokens.Length != 3
            || tokens[1].Kind is not (TokenKind.Generic or TokenKind.Identifier or TokenKind.Number)
            || argument.AsSpan().IndexOfAny('$', '`') >= 0;
    }

    private static string? QuotesLike(char first) =>
        SingleQuotes.Contains(first) ? SingleQuotes : DoubleQuotes.Contains(first) ? DoubleQuotes : null;
}
