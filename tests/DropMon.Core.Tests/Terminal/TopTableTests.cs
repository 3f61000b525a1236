using DropMon.Terminal;
using DropMon.Tests.Sessions.Measurement;
using DropMon.Tests.Text;

namespace DropMon.Tests.Terminal;

public class TopTableTests
{
    private readonly TopModel _model = new();

    [Theory]
    [InlineData(80, 24)]
    [InlineData(20, 5)]
    [InlineData(1, 1)]
    public void It_fits_the_window(int width, int height)
    {
        IReadOnlyList<string> lines = TopTable.Write(
            Frame([.. Enumerable.Range(0, 50).Select(i => Groups.Of($"group {i} of a long name", i + 1))]), width, height, colour: false,
            new MarkSpelling());
        Assert.True(lines.Count <= height && lines.All(line => line.Length <= width));
    }

    [Fact]
    public void Without_colour_there_is_no_escape_sequence() =>
        Assert.DoesNotContain(
            TopTable.Write(Frame(Loss()), 80, 24, colour: false, new MarkSpelling()), line =>
                line.Contains('\u001b', StringComparison.Ordinal));

    [Fact]
    public void With_colour_a_loss_is_red() =>
        Assert.StartsWith(
            "\u001b[31m", TopTable.Write(Frame(Loss()), 80, 24, colour: true, new MarkSpelling())[^1], StringComparison.Ordinal);

    [Fact]
    public void Control_characters_in_a_name_do_not_reach_the_terminal() =>
        Assert.DoesNotContain(
            TopTable.Write(Frame(Groups.Of("evil\u001b[2J", 1)), 120, 24, colour: false, new MarkSpelling()), line =>
                line.Contains('\u001b', StringComparison.Ordinal));

    [Fact]
    public void Losses_are_told() =>
        Assert.Contains(
            "5 alerts were lost", TopTable.Write(Frame(new DropLedger { RingLost = 5 }), 120, 24, colour: false, new MarkSpelling())[1],
            StringComparison.Ordinal);

    [Fact]
    public void What_nobody_should_overlook_is_told_above_the_table()
    {
        TopFrame frame = _model.Advance(
            [Loss()], TimeSpan.FromSeconds(1), Status(new DropLedger()) with { Warnings = ["It was turned off."] });

        IReadOnlyList<string> lines = TopTable.Write(frame, 120, 24, colour: false, new MarkSpelling());

        Assert.Equal((2, 5), (lines.ToList().IndexOf("Warning: It was turned off."), lines.Count));
    }

    [Fact]
    public void What_drops_most_now_comes_first()
    {
        Frame(Groups.Of("was", 1000), Groups.Of("is", 10));
        TopFrame frame = _model.Advance([Groups.Of("was", 1000), Groups.Of("is", 20)], TimeSpan.FromSeconds(2), Status(new DropLedger()));
        Assert.Equal([("is", 10.0), ("was", 0.0)], frame.Rows.Select(row => (row.Group.Name, row.PerSecond)));
    }

    [Fact]
    public void Recent_rates_are_kept_for_sixteen_frames()
    {
        TopFrame frame = Frame(Groups.Of("a", 1));
        for (int second = 2; second < 40; second++)
        {
            frame = _model.Advance([Groups.Of("a", second)], TimeSpan.FromSeconds(second), Status(new DropLedger()));
        }

        Assert.Equal(Enumerable.Repeat(1L, 16), frame.Rows[0].Recent);
    }

    private static DropMeasurement Loss() => Groups.Of("a", 1) with { Significance = DropSignificance.Loss };

    private static DropMonitorStatus Status(DropLedger ledger) => new()
    {
        State = DropMonitorState.Running,
        Source = "Tracepoint",
        Since = DateTimeOffset.UnixEpoch,
        Ledger = ledger,
    };

    private TopFrame Frame(params DropMeasurement[] groups) => _model.Advance(groups, TimeSpan.FromSeconds(1), Status(new DropLedger()));

    private TopFrame Frame(DropLedger ledger) => _model.Advance([], TimeSpan.FromSeconds(1), Status(ledger));
}
