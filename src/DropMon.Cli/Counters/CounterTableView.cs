using System.Globalization;
using System.Text;
using DropMon.Terminal;

namespace DropMon.Cli.Counters;

/// <summary>A table: the same columns as the module's default view. Cut to the width of a terminal, whole in a pipe.</summary>
internal sealed class CounterTableView(Stream output) : ICounterView
{
    private readonly int _width = StandardOutput.Width;
    private readonly bool _colour = StandardOutput.TakesColour;
    private readonly StringBuilder _text = new();

    public void Show(IEnumerable<DropCounter> counters)
    {
        _text.AppendLine(
            LineText.Fit("Class      Name                               Value Drop      Scope                Meaning", _width));
        foreach (DropCounter counter in counters)
        {
            AppendLine(counter.ImpliesDrop, string.Create(
                CultureInfo.InvariantCulture,
                $"{counter.Class,-10} {counter.Name,-26} {counter.Value,13} {counter.ImpliesDrop,-9} {counter.Scope,-20} " +
                $"{counter.Meaning ?? counter.Caveat}"));
        }

        Write();
    }

    public void Show(IEnumerable<DropCounterChange> changes)
    {
        _text.AppendLine(
            LineText.Fit(
                "State   Class      Name                         Increase  PerSecond Drop      Scope                Meaning", _width));
        foreach (DropCounterChange change in changes)
        {
            AppendLine(change.ImpliesDrop, string.Create(
                CultureInfo.InvariantCulture,
                $"{change.State,-7} {change.Class,-10} {change.Name,-26} {change.Increase,10} {change.PerSecond,10:0.0} " +
                $"{change.ImpliesDrop,-9} {change.Scope,-20} {change.Meaning ?? change.Counter.Caveat}"));
        }

        Write();
    }

    private void AppendLine(DropImplication implication, string line)
    {
        string shown = LineText.Fit(line, _width);
        string colour = implication switch
        {
            DropImplication.Always => AnsiColour.Red,
            DropImplication.Sometimes => AnsiColour.Yellow,
            _ => AnsiColour.Faint,
        };
        _text.AppendLine(_colour ? colour + shown + AnsiColour.Plain : shown);
    }

    private void Write()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
    }
}
