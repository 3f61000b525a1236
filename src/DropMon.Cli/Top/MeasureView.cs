using System.Globalization;
using System.Text;
using DropMon.Terminal;

namespace DropMon.Cli.Top;

/// <summary>Keeps to itself what comes, and shows the last at the end: the groups, the largest first.</summary>
internal sealed class MeasureView(Stream output) : ITopView
{
    private TopFrame? _last;

    public void Show(TopFrame frame) => _last = frame;

    public void Redraw()
    {
    }

    public void Suspend()
    {
    }

    public void Dispose()
    {
        if (_last is not { } frame)
        {
            return;
        }

        _last = null;
        var text = new StringBuilder();
        int width = StandardOutput.Width;
        text.AppendLine(
            LineText.Fit("    Count  PerSecond   Share Class      Name                                               History", width));
        foreach (DropMeasurement group in frame.Rows.Select(row => row.Group).OrderByDescending(group => group.Count))
        {
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"{SaturatingCount.Short(group.Count),9} {group.PerSecond,10:0.0} {group.Share,7:0.0%} " +
                $"{group.Class?.ToString() ?? "-",-10} {SafeText.Escape(group.Name),-50} {group.Sparkline}");
            text.AppendLine(LineText.Fit(line, width));
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        output.Flush();
    }
}
