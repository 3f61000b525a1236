using System.Globalization;
using System.Text;

namespace DropMon;

/// <summary>Makes text from packets, devices and processes safe for a terminal.</summary>
public static class SafeText
{
    /// <summary>The text with control characters, and those that reorder what is shown, written as <c>\u001b</c>.</summary>
    public static string Escape(string text)
    {
        foreach (char c in text)
        {
            if (IsUnsafe(c))
            {
                return EscapeAll(text);
            }
        }

        return text;
    }

    private static string EscapeAll(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (IsUnsafe(c))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return safe.ToString();
    }

    // Format characters include the bidirectional overrides.
    private static bool IsUnsafe(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
