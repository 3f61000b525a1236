using System.Text;
using DropMon.Native;
using DropMon.Terminal;

namespace DropMon.Cli.Top;

/// <summary>A table that is drawn over in place, on a terminal, which is afterwards what it was before.</summary>
internal sealed class ScreenView : ITopView
{
    private readonly bool _colour = StandardOutput.TakesColour;
    private readonly AnsiScreen _screen;
    private TopFrame? _frame;

    public ScreenView(Stream output) => _screen = new AnsiScreen(text =>
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    });

    public void Show(TopFrame frame)
    {
        _frame = frame;
        Redraw();
    }

    public void Redraw()
    {
        if (_frame is { } frame)
        {
            (int columns, int rows) = TerminalSize.Read();
            _screen.Enter();
            _screen.Draw(TopTable.Write(frame, columns, rows, _colour, new CommandSpelling()));
        }
    }

    public void Suspend() => _screen.Leave();

    public void Dispose() => _screen.Dispose();
}
