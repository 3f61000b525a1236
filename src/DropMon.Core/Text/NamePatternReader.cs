using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DropMon.Text;

/// <summary>Takes the text of a <see cref="NamePattern"/> apart.</summary>
internal static class NamePatternReader
{
    private const char Backtick = '`';
    private const char Backslash = '\\';
    private const string Wildcards = "*?[]`\\";
    private const string InBrackets = "]-\\`";

    /// <summary>Reads a pattern.</summary>
    public static bool TryRead(string text, out PatternElement[] elements, [NotNullWhen(false)] out string? fault)
    {
        var read = new List<PatternElement>(text.Length);
        elements = [];
        fault = null;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (IsEscape(text, at, Wildcards))
            {
                read.Add(new PatternElement(PatternElementKind.Character, text[++at]));
            }
            else if (c == '[')
            {
                if (!TryReadBrackets(text, ref at, out PatternElement element, out fault))
                {
                    return false;
                }

                read.Add(element);
            }
            else if (c != Backtick || text.Length > 1)
            {
                // PowerShell takes a backtick at the end for itself, and a lone one for nothing.
                read.Add(c switch
                {
                    '*' => new PatternElement(PatternElementKind.Run),
                    '?' => new PatternElement(PatternElementKind.AnyCharacter),
                    _ => new PatternElement(PatternElementKind.Character, c),
                });
            }
        }

        elements = [.. read];
        return true;
    }

    // A bracket right behind the opening one stands for itself.
    private static bool TryReadBrackets(string text, ref int at, out PatternElement element, [NotNullWhen(false)] out string? fault)
    {
        var characters = new StringBuilder();
        var isRange = new List<bool>();
        element = default;
        int open = at++;
        for (; at < text.Length && (text[at] != ']' || at == open + 1); at++)
        {
            bool isEscaped = IsEscape(text, at, InBrackets);
            at += isEscaped ? 1 : 0;
            if (isEscaped || text[at] != Backtick)
            {
                characters.Append(text[at]);
                isRange.Add(!isEscaped && text[at] == '-');
            }
        }

        if (at >= text.Length)
        {
            fault = "a bracket is not closed; write `[ for the character";
            return false;
        }

        return TryReadRanges(characters.ToString(), isRange, out element, out fault);
    }

    private static bool TryReadRanges(
        string characters, List<bool> isRange, out PatternElement element, [NotNullWhen(false)] out string? fault)
    {
        var ranges = new StringBuilder();
        for (int i = 0; i < characters.Length; i++)
        {
            int last = i + 2 < characters.Length && isRange[i + 1] ? i + 2 : i;
            if (characters[last] < characters[i])
            {
                element = default;
                fault = SafeText.Escape($"the range {characters[i]}-{characters[last]} runs backwards");
                return false;
            }

            ranges.Append(characters[i]).Append(characters[last]);
            i = last;
        }

        element = new PatternElement(PatternElementKind.OneOf, Ranges: ranges.ToString());
        fault = null;
        return true;
    }

    private static bool IsEscape(string text, int at, string meaningful) =>
        at + 1 < text.Length && (text[at] == Backtick || (text[at] == Backslash && meaningful.Contains(text[at + 1])));
}
