using DropMon.Evidence;

namespace DropMon.Tests.Evidence;

/// <summary>When counters are read, how long they are watched, and what they are compared with.</summary>
public sealed class CounterBaselineTests
{
    private const string Counter = "drops";
    private readonly Clock _clock = new();
    private readonly Probe _probe = new();
    private readonly CounterBaseline _baseline;

    public CounterBaselineTests() => _baseline = new CounterBaseline(_clock);

    [Fact]
    public void The_first_question_waits_a_moment() => Assert.Equal(CounterBaseline.Window, Ask(drops: 5, then: 5).Waited);

    [Fact]
    public void What_rose_in_that_moment_is_a_rise() => Assert.Equal(2, Ask(drops: 5, then: 7).Marks.Rise(Counter, 7));

    [Fact]
    public void A_counter_that_was_not_there_before_has_not_risen() => Assert.Equal(0, Ask(drops: 5, then: 7).Marks.Rise("another", 7));

    [Fact]
    public void A_counter_that_was_set_back_has_not_risen() => Assert.Equal(0, Ask(drops: 5, then: 1).Marks.Rise(Counter, 1));

    [Fact]
    public void A_later_question_waits_no_more()
    {
        Ask(drops: 5, then: 5);

        (TimeSpan waited, CounterMarks marks) = Ask(drops: 6, then: 6);

        Assert.Equal((TimeSpan.Zero, 1), (waited, marks.Rise(Counter, 6)));
    }

    [Fact]
    public void What_rose_long_ago_is_no_rise_any_more()
    {
        Ask(drops: 5, then: 5);
        _clock.Now += CounterBaseline.Lifetime;
        Ask(drops: 9, then: 9);
        _clock.Now += CounterBaseline.Window;

        Assert.Equal(0, Ask(drops: 9, then: 9).Marks.Rise(Counter, 9));
    }

    [Fact]
    public void A_probe_without_counters_waits_for_nothing()
    {
        _probe.HasCounters = false;

        Assert.Equal(TimeSpan.Zero, Ask(drops: 5, then: 5).Waited);
    }

    private (TimeSpan Waited, CounterMarks Marks) Ask(long drops, long then)
    {
        _probe.Drops = drops;
        _baseline.Read(_probe, TestContext.Current.CancellationToken);
        TimeSpan before = _clock.Now;
        _baseline.Wait([_probe], TestContext.Current.CancellationToken);
        _probe.Drops = then;
        return (_clock.Now - before, _baseline.Of(_probe));
    }

    private sealed class Clock : IEvidenceClock
    {
        public TimeSpan Now { get; set; }

        public void Wait(TimeSpan time, CancellationToken cancellationToken) => Now += time;
    }

    private sealed class Probe : IEvidenceProbe
    {
        public bool HasCounters { get; set; } = true;

        public long Drops { get; set; }

        public bool Covers(EvidenceQuery query) => true;

        public IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) => HasCounters
            ? [KeyValuePair.Create(Counter, Drops)] : [];

        public IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken) => [];
    }
}
