using System.Globalization;
using System.Text;

namespace DropMon;

/// <summary>Makes text from packets, devices and processes safe for a terminal.</summary>
public static class SafeText
{
    /// <summary>The text with control characters, and those that reorder what is shown, written as <c>\u001b</c>.</summary>
    public static string Escape(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune))
            {
                return EscapeAll(text);
            }
        }

        return text;
    }

    private static string EscapeAll(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsUnsafe(rune))
            {
                safe.Append(rune.ToString());
            }
            else if (rune.IsBmp)
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
            }
        }

        return safe.ToString();
    }

    /// <summary>Whether a character may steer a terminal or hide what is shown.</summary>
    // Format characters include the bidirectional overrides, and invisible ones beyond the basic plane.
    internal static bool IsUnsafe(Rune rune) =>
        Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
