using System.Text;

namespace DropMon.Text;

/// <summary>
/// Makes words of commands to copy. A name from outside stays one word, whatever it holds, and shows no control character. Who pastes a
/// command may do so into PowerShell: there, too, nothing of a word is run.
/// </summary>
internal static class ShellQuote
{
    /// <summary>
    /// The text as one word for a POSIX shell. Characters that no terminal should see are written by number, which bash, zsh, ksh and
    /// busybox read: <c>$'\033'</c>.
    /// </summary>
    public static string Word(string text)
    {
        if (text.Length > 0 && text.All(IsPlain))
        {
            return text;
        }

        if (!text.EnumerateRunes().Any(NeedsNumber))
        {
            return $"'{text}'";
        }

        // Double quotes mean the same to both, as long as nothing is expanded in them.
        return text.EnumerateRunes()
            .Any(rune => SafeText.IsUnsafe(rune) || "\"\\$`!\u201c\u201d\u201e".Contains(rune.ToString(), StringComparison.Ordinal))
            ? Numbered(text)
            : $"\"{text}\"";
    }

    /// <summary>The path as one word that no command takes for an option.</summary>
    public static string Path(string path) => Word(path.StartsWith('-') ? $"./{path}" : path);

    /// <summary>The command with its arguments.</summary>
    public static string Command(string name, IEnumerable<string> arguments) => string.Join(' ', arguments.Prepend(name).Select(Word));

    // Not '=', which zsh expands in front, nor ',' and '@', which are operators of PowerShell.
    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-' or ':' or '+';

    private static bool NeedsNumber(Rune rune) => SafeText.IsUnsafe(rune) || PowerShellQuote.IsSingleQuote(rune.Value);

    private static string Numbered(string text)
    {
        var word = new StringBuilder("$'", text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (NeedsNumber(rune) || rune.Value == '\\')
            {
                foreach (byte part in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    word.Append('\\').Append(Convert.ToString(part, toBase: 8).PadLeft(3, '0'));
                }
            }
            else
            {
                word.Append(rune.ToString());
            }
        }

        return word.Append('\'').ToString();
    }
}
