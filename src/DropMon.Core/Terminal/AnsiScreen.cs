using System.Text;

namespace DropMon.Terminal;

/// <summary>
/// The alternate screen of a terminal, drawn over in place. What was on the terminal before comes back on leaving. For any
/// thread: a signal may leave while another draws.
/// </summary>
/// <param name="write">Puts text on the terminal, at once.</param>
internal sealed class AnsiScreen(Action<string> write) : IDisposable
{
    private const string EnterSequence = "\u001b[?1049h\u001b[?25l"; // alternate screen, cursor hidden
    private const string LeaveSequence = "\u001b[0m\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H", EraseLine = "\u001b[K", EraseBelow = "\u001b[J";

    private readonly object _gate = new();
    private bool _isEntered;
    private bool _isOver;

    /// <summary>Goes to the alternate screen; nothing once disposed.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (!_isEntered && !_isOver)
            {
                _isEntered = true;
                write(EnterSequence);
            }
        }
    }

    /// <summary>Comes back, for good or until the next <see cref="Enter"/>.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_isEntered)
            {
                _isEntered = false;
                write(LeaveSequence);
            }
        }
    }

    /// <summary>Draws lines over what is there; they fit the screen. Nothing while the screen is left.</summary>
    public void Draw(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder(Home);
        for (int i = 0; i < lines.Count; i++)
        {
            // No line feed after the last line: it would scroll a full screen.
            text.Append(lines[i]).Append(EraseLine).Append(i + 1 < lines.Count ? "\r\n" : "");
        }

        text.Append(EraseBelow);
        lock (_gate)
        {
            if (_isEntered)
            {
                write(text.ToString());
            }
        }
    }

    /// <summary>Leaves for good.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Leave();
        }
    }
}
