using System.Globalization;
using System.Text;

namespace DropMon.Cli.Counters;

/// <summary>A table: the same columns as the module's default view. Cut to the width of a terminal, whole in a pipe.</summary>
internal sealed class CounterTableView(Stream output) : ICounterView
{
    private const int DefaultWidth = 120;
    private const string Red = "\u001b[31m", Yellow = "\u001b[33m", Faint = "\u001b[2m", Plain = "\u001b[0m";

    private readonly int _width = StandardOutput.IsTerminal ? TerminalWidth() : int.MaxValue;
    private readonly bool _colour = StandardOutput.IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private readonly StringBuilder _text = new();

    public void Show(IEnumerable<DropCounter> counters)
    {
        _text.AppendLine("Class      Name                               Value Drop      Scope                Meaning");
        foreach (DropCounter counter in counters)
        {
            AppendLine(counter.ImpliesDrop, string.Create(
                CultureInfo.InvariantCulture,
                $"{counter.Class,-10} {counter.Name,-26} {counter.Value,13} {counter.ImpliesDrop,-9} {counter.Scope,-20} {counter.Meaning ?? counter.Caveat}"));
        }

        Write();
    }

    public void Show(IEnumerable<DropCounterChange> changes)
    {
        _text.AppendLine("State   Class      Name                         Increase  PerSecond Drop      Scope                Meaning");
        foreach (DropCounterChange change in changes)
        {
            AppendLine(change.ImpliesDrop, string.Create(
                CultureInfo.InvariantCulture,
                $"{change.State,-7} {change.Class,-10} {change.Name,-26} {change.Increase,10} {change.PerSecond,10:0.0} {change.ImpliesDrop,-9} {change.Scope,-20} {change.Meaning ?? change.Counter.Caveat}"));
        }

        Write();
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
        }
        catch (IOException)
        {
            // A terminal that does not tell its size.
            return DefaultWidth;
        }
    }

    private void AppendLine(DropImplication implication, string line)
    {
        string shown = line.Length > _width ? line[..(_width - 1)] + "…" : line;
        string colour = implication switch { DropImplication.Always => Red, DropImplication.Sometimes => Yellow, _ => Faint };
        _text.AppendLine(_colour ? colour + shown + Plain : shown);
    }

    private void Write()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
