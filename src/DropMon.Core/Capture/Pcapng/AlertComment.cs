using System.Globalization;
using System.Text;

namespace DropMon.Capture.Pcapng;

/// <summary>The comment that Wireshark shows beside a packet: class, reason, function, line and what they mean, on one line.</summary>
internal sealed class AlertComment
{
    private const int MaxSites = 4096;

    // In characters; a comment is for people. The whole text is in the custom option.
    private const int MaxLength = 4096;

    private readonly Dictionary<DropSite, byte[]> _ofSites = [];

    public ReadOnlySpan<byte> Of(DropAlert alert)
    {
        // Nearly all alerts stand for one packet, and say the same as any other of their site.
        if (alert.Count != 1 || alert.Origin != DropOrigin.Software)
        {
            return Encode(alert);
        }

        if (!_ofSites.TryGetValue(alert.Site, out byte[]? comment))
        {
            if (_ofSites.Count >= MaxSites)
            {
                _ofSites.Clear();
            }

            comment = Encode(alert);
            _ofSites.Add(alert.Site, comment);
        }

        return comment;
    }

    /// <summary>Escapes what a terminal would act upon: control and formatting characters, and halves of surrogate pairs.</summary>
    public static string Escape(string text)
    {
        if (text.Length <= MaxLength && !text.Any(NeedsEscape))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (escaped.Length > MaxLength)
            {
                escaped.Append('…');
                break;
            }

            if (rune.IsBmp && NeedsEscape((char)rune.Value))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            }
            else
            {
                escaped.Append(rune.ToString());
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static byte[] Encode(DropAlert alert)
    {
        var text = new StringBuilder();
        text.Append(alert).Append(CultureInfo.InvariantCulture, $" [{alert.Significance}]");
        if (alert.Origin == DropOrigin.Hardware)
        {
            text.Append(CultureInfo.InvariantCulture, $" hardware trap {alert.TrapName}");
        }

        if (alert.Explanation is { } explanation)
        {
            text.Append(' ').Append(explanation);
        }

        return Encoding.UTF8.GetBytes(Escape(text.ToString()));
    }
}
