using System.Globalization;
using System.Text;
using DropMon.Terminal;
using DropMon.Text;

namespace DropMon.Cli.Watch;

/// <summary>A table that grows downwards: the same columns as the module's default view. Colour and width only on a terminal.</summary>
internal sealed class TableView(Stream output) : IAlertView
{
    private readonly bool _colour = StandardOutput.TakesColour;
    private readonly StringBuilder _text = new();

    public void Begin(DropMonitorStatus status)
    {
        string mode = status.Mode switch
        {
            null => "",
            DropAlertMode.Summary => ", counts per second",
            _ => ", every packet",
        };
        Console.Error.WriteLine($"Watching with {status.SourceTitle}{mode}. Ctrl+C ends it.");
        foreach (string note in status.Notes.Except(status.Warnings))
        {
            StandardError.Note(note);
        }

        _text.AppendLine(
            LineText.Fit("Time         Count Class      Type               Reason             Interface  Location", StandardOutput.Width));
        Write();
    }

    public void Show(ReadOnlySpan<DropAlert> alerts)
    {
        foreach (DropAlert alert in alerts)
        {
            Append(alert);
        }

        Write();
    }

    public void End(DropMonitorStatus status)
    {
        DropLedger ledger = status.Ledger;
        Console.Error.WriteLine(
            $"{Plural.Of(ledger.Delivered, "alert")}{(ledger.FilteredOut > 0 ? $", {ledger.FilteredOut} filtered out" : "")}, " +
            $"{ledger.TotalLost} lost.");
    }

    public void Dispose()
    {
    }

    private void Append(DropAlert alert)
    {
        int start = _text.Length;
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{alert.Timestamp:HH:mm:ss.fff} {alert.Count,5} {alert.Class,-10} {alert.Type ?? "-",-18} {alert.Reason ?? "-",-18} " +
            $"{alert.InterfaceName ?? "-",-10} {alert.Location ?? "-"}");
        _text.Append(SafeText.Escape(line));
        if (alert.Packet is { } packet)
        {
            _text.Append("  ").Append(SafeText.Escape(packet.ToString()));
        }

        int width = StandardOutput.Width;
        if (_text.Length - start > width)
        {
            _text.Length = start + width - 1;
            _text.Append('…');
        }

        if (_colour && AnsiColour.Of(alert.Significance) is { } colour)
        {
            _text.Insert(start, colour).Append(AnsiColour.Plain);
        }

        _text.AppendLine();
    }

    private void Write()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
