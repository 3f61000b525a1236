namespace DropMon.Terminal;

/// <summary>Lines of text on a terminal.</summary>
internal static class LineText
{
    /// <summary>The line, cut to this many columns, with a mark if it was cut.</summary>
    public static string Fit(string line, int width) =>
        line.Length <= width ? line : width > 0 ? string.Concat(line.AsSpan(0, width - 1), "…") : "";
}
