using System.Buffers;
using System.Globalization;
using System.Text;
using DropMon.Text;

namespace DropMon;

/// <summary>Makes text from packets, devices and processes safe for a terminal.</summary>
public static class SafeText
{
    /// <summary>
    /// The text with control characters, those that reorder what is shown, and halves of surrogate pairs written as <c>\u001b</c>.
    /// </summary>
    public static string Escape(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (IsUnsafe(text, at, out int length))
            {
                return EscapeAll(text, at);
            }

            at += length;
        }

        return text;
    }

    private static string EscapeAll(string text, int from)
    {
        var safe = new StringBuilder(text, 0, from, text.Length + 16);
        for (int at = from; at < text.Length;)
        {
            if (!IsUnsafe(text, at, out int length))
            {
                safe.Append(text, at, length);
            }
            else if (length == 1)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text, at):x8}");
            }

            at += length;
        }

        return safe.ToString();
    }

    // Half a surrogate pair is no character: what a terminal makes of it is open.
    private static bool IsUnsafe(string text, int at, out int length) =>
        Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out length) != OperationStatus.Done || IsUnsafe(rune);

    /// <summary>Whether a character may steer a terminal or hide what is shown.</summary>
    // The brackets of marks for options stand for the engine's own. Format characters include the bidirectional overrides, and invisible
    // ones beyond the basic plane.
    internal static bool IsUnsafe(Rune rune) =>
        Rune.IsControl(rune) || rune.Value is OptionText.Opening or OptionText.Closing
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
