namespace DropMon.Terminal;

/// <summary>Colours by significance, as the terminal's own palette has them.</summary>
internal static class AnsiColour
{
    public const string Plain = "\u001b[0m";
    public const string Bold = "\u001b[1m";

    private const string Red = "\u001b[31m", Yellow = "\u001b[33m", Faint = "\u001b[2m";

    /// <summary>The sequence that begins the colour; null for none.</summary>
    public static string? Of(DropSignificance? significance) => significance switch
    {
        DropSignificance.Loss => Red,
        DropSignificance.Suspicious => Yellow,
        DropSignificance.Expected => Faint,
        _ => null,
    };
}
