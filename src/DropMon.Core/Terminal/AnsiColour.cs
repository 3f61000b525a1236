namespace DropMon.Terminal;

/// <summary>Colours, as the terminal's own palette has them, and which of them drops have.</summary>
internal static class AnsiColour
{
    public const string Plain = "\u001b[0m";
    public const string Bold = "\u001b[1m";
    public const string Faint = "\u001b[2m";
    public const string Red = "\u001b[31m";
    public const string Green = "\u001b[32m";
    public const string Yellow = "\u001b[33m";

    /// <summary>The sequence that begins the colour; null for none.</summary>
    public static string? Of(DropSignificance? significance) => significance switch
    {
        DropSignificance.Loss => Red,
        DropSignificance.Suspicious => Yellow,
        DropSignificance.Expected => Faint,
        _ => null,
    };
}
