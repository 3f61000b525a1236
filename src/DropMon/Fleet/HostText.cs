namespace DropMon.Fleet;

/// <summary>
/// The one way for texts of other computers into this session: short enough, and without characters that steer a terminal.
/// </summary>
internal static class HostText
{
    private const int MostId = 100;

    /// <summary>A text for people.</summary>
    public static string Of(string text) => SafeText.Escape(text.Length > AlertLimits.MostText ? $"{text[..AlertLimits.MostText]}…" : text);

    /// <summary>The id of an error, which scripts compare and which stands between commas.</summary>
    public static string? Id(string id) => id.Length is > 0 and <= MostId
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? id : null;
}
