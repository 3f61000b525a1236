using System.Globalization;
using DropMon.Text;

namespace DropMon.Terminal;

/// <summary>Writes a frame as lines of text.</summary>
internal static class TopTable
{
    private const int HistoryWidth = 16;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Lines that fit this many columns and rows.</summary>
    /// <param name="frame">What to show.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows; as many as there are groups for, if there is room.</param>
    /// <param name="colour">Whether to colour by significance.</param>
    /// <param name="spelling">How to write options.</param>
    public static IReadOnlyList<string> Write(TopFrame frame, int width, int height, bool colour, IOptionSpelling spelling)
    {
        var lines = new List<string>
        {
            Cut(Headline(frame), width),
            Cut(OptionText.Spell(Losses(frame.Status.Ledger), spelling), width),
        };
        lines.AddRange(frame.Status.Warnings.Select(warning => Cut("Warning: " + OptionText.Spell(warning, spelling), width)));
        lines.Add(
            Emphasise(
                Cut($"{"Now/s",9} {"Average/s",9} {"Count",10} {"Share",6} {"Recent",-HistoryWidth} {"Class",-10} {Title(frame)}", width),
                colour));
        int room = Math.Max(height - lines.Count, 0);
        foreach (TopRow row in frame.Rows.Take(room))
        {
            string text = Cut(Line(row), width);
            lines.Add(colour && AnsiColour.Of(row.Group.Significance) is { } sequence ? sequence + text + AnsiColour.Plain : text);
        }

        if (frame.Rows.Count == 0 && room > 0)
        {
            lines.Add(Cut("No drops yet.", width));
        }

        return lines.Count > height ? lines.GetRange(0, Math.Max(height, 0)) : lines;
    }

    private static string Headline(TopFrame frame)
    {
        return string.Create(
            Invariant,
            $"dropmon {DateTimeOffset.Now:HH:mm:ss}  {frame.Status.SourceShortTitle}, {Duration(frame.Elapsed)}  " +
            $"{Plural.Of(frame.Total, "packet")} dropped, {Rate(frame.PerSecond)} a second now");
    }

    private static string Losses(DropLedger ledger) =>
        ledger.DescribeLoss()
            ?? (
                ledger.FilteredOut > 0
                    ? string.Create(Invariant, $"No alerts lost. {ledger.FilteredOut} filtered out.")
                    : "No alerts lost.");

    private static string Title(TopFrame frame) =>
        frame.Rows.Count > 0 && frame.Rows[0].Group.By.Count > 0 ? string.Join(", ", frame.Rows[0].Group.By) : "Name";

    private static string Line(TopRow row)
    {
        DropMeasurement group = row.Group;
        string recent = Sparkline.Draw(row.Recent).PadLeft(HistoryWidth);
        string text = string.Create(
            Invariant,
            $"{Rate(row.PerSecond),9} {Rate(group.PerSecond),9} {SaturatingCount.Short(group.Count),10} {group.Share,6:0.0%} {recent} " +
            $"{group.Class?.ToString() ?? "-",-10} {group.Name}");
        return group.Explanation is { } explanation ? $"{text}  {explanation}" : text;
    }

    private static string Rate(double rate) => rate.ToString(rate >= 100 || rate == 0 ? "0" : "0.0", Invariant);

    private static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? time.ToString(@"d\.hh\:mm\:ss", Invariant) : time.ToString(@"mm\:ss", Invariant);

    private static string Cut(string text, int width) => LineText.Fit(SafeText.Escape(text), width);

    private static string Emphasise(string text, bool colour) => colour ? AnsiColour.Bold + text + AnsiColour.Plain : text;
}
