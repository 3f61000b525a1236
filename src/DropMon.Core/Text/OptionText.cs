using System.Text;

namespace DropMon.Text;

/// <summary>
/// Texts of the engine that name options and commands. They hold marks, which survive files, sockets and other computers as they are; the
/// front end that shows the text writes its own options for them. A name from outside that was escaped or quoted is no mark:
/// <see cref="SafeText"/> escapes its brackets.
/// </summary>
internal static class OptionText
{
    /// <summary>What marks begin with.</summary>
    public const char Opening = '\u27e8';

    /// <summary>What marks end with.</summary>
    public const char Closing = '\u27e9';

    /// <summary>The mark for something.</summary>
    public static string Mark(string content) => Opening + content + Closing;

    /// <summary>The text, safe for a terminal, with its marks as they are.</summary>
    public static string Escape(string text) => Rewrite(text, spelling: null);

    /// <summary>The text, safe for a terminal, with the options and commands of a front end.</summary>
    public static string Spell(string text, IOptionSpelling spelling) => Rewrite(text, spelling);

    private static string Rewrite(string text, IOptionSpelling? spelling)
    {
        int open = text.IndexOf(Opening);
        if (open < 0)
        {
            return SafeText.Escape(text);
        }

        var written = new StringBuilder(text.Length);
        int rest = 0;
        while (open >= 0 && text.IndexOf(Closing, open) is > 0 and int close)
        {
            if (SpellMark(text[(open + 1)..close], spelling) is { } mark)
            {
                written.Append(SafeText.Escape(text[rest..open])).Append(mark);
                rest = close + 1;
            }

            open = text.IndexOf(Opening, Math.Max(rest, open + 1));
        }

        return written.Append(SafeText.Escape(text[rest..])).ToString();
    }

    // Null for what names nothing.
    private static string? SpellMark(string content, IOptionSpelling? spelling)
    {
        if (content.StartsWith(CommandId.Prefix, StringComparison.Ordinal))
        {
            CommandId? command = CommandId.Find(content[CommandId.Prefix.Length..]);
            return command is null ? null : spelling?.Spell(command) ?? command.ToString();
        }

        int space = content.IndexOf(' ', StringComparison.Ordinal);
        string? value = space < 0 ? null : SafeText.Escape(content[(space + 1)..]);
        OptionId? option = OptionId.Find(space < 0 ? content : content[..space]);
        return option is null ? null : spelling?.Spell(option, value) ?? (value is null ? option.ToString() : option.With(value));
    }
}
