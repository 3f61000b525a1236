using DropMon.Terminal;

namespace DropMon.Tests.Terminal;

public class AnsiScreenTests
{
    private readonly List<string> _written = [];

    [Fact]
    public void Leaving_shows_the_cursor_and_brings_back_what_was_there()
    {
        using (AnsiScreen screen = Open())
        {
            screen.Enter();
        }

        Assert.Equal("\u001b[0m\u001b[?25h\u001b[?1049l", _written[^1]);
    }

    [Fact]
    public void It_is_left_once_only()
    {
        AnsiScreen screen = Open();
        screen.Enter();
        screen.Dispose();
        screen.Dispose();
        Assert.Single(_written, text => text.Contains("?1049l", StringComparison.Ordinal));
    }

    [Fact]
    public void Once_left_for_good_nothing_is_drawn_or_entered_any_more()
    {
        AnsiScreen screen = Open();
        screen.Enter();
        screen.Dispose();
        int count = _written.Count;
        screen.Enter();
        screen.Draw(["late"]);
        Assert.Equal(count, _written.Count);
    }

    [Fact]
    public void The_last_line_does_not_scroll_the_screen()
    {
        using AnsiScreen screen = Open();
        screen.Enter();
        screen.Draw(["one", "two"]);
        Assert.Equal("\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J", _written[^1]);
    }

    private AnsiScreen Open() => new(_written.Add);
}
