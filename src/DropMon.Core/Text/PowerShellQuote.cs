using System.Globalization;
using System.Text;

namespace DropMon.Text;

/// <summary>
/// Makes arguments of PowerShell commands to copy. A name from outside stays one argument, whatever it holds, and shows no control
/// character.
/// </summary>
internal static class PowerShellQuote
{
    /// <summary>The text as one argument. Characters that no terminal should see are written by number: <c>('a' + [char]27)</c>.</summary>
    public static string Word(string text)
    {
        List<string> parts = [];
        var literal = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!SafeText.IsUnsafe(rune))
            {
                literal.Append(rune.ToString());
                // PowerShell takes typographic quotes for plain ones.
                if (IsSingleQuote(rune.Value))
                {
                    literal.Append(rune.ToString());
                }

                continue;
            }

            // The first operand decides that text is joined, not numbers added.
            if (literal.Length > 0 || parts.Count == 0)
            {
                parts.Add($"'{literal}'");
                literal.Clear();
            }

            parts.AddRange(rune.ToString().Select(unit => string.Create(CultureInfo.InvariantCulture, $"[char]{(int)unit}")));
        }

        if (literal.Length > 0 || parts.Count == 0)
        {
            parts.Add($"'{literal}'");
        }

        return parts is [string one] ? one : $"({string.Join(" + ", parts)})";
    }

    /// <summary>Whether PowerShell takes a character for a single quote: the plain one and four typographic ones.</summary>
    public static bool IsSingleQuote(int character) => character is '\'' or >= 0x2018 and <= 0x201b;
}
