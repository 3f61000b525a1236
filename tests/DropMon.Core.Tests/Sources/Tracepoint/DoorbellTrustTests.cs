using DropMon.Sources.Tracepoint;

namespace DropMon.Tests.Sources.Tracepoint;

public sealed class DoorbellTrustTests
{
    private readonly DoorbellTrust _trust = new();

    [Fact]
    public void The_first_look_without_a_ring_comes_after_a_second() => Assert.Equal(1000, _trust.Patience);

    [Fact]
    public void Looks_that_find_nothing_come_ever_later_up_to_a_minute()
    {
        var waits = new List<int>();
        for (int i = 0; i < 8; i++)
        {
            _trust.NoteNothing();
            waits.Add(_trust.Patience);
        }

        Assert.Equal([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000], waits);
    }

    [Fact]
    public void The_first_ring_brings_the_next_look_near_again_since_the_bell_is_now_armed_anew()
    {
        _trust.NoteNothing();
        _trust.NoteRing(wasArmedAgain: false);
        Assert.Equal(1000, _trust.Patience);
    }

    [Fact]
    public void A_bell_that_rang_after_it_was_armed_anew_is_trusted_and_wakes_nobody_in_vain()
    {
        _trust.NoteRing(wasArmedAgain: true);
        _trust.NoteRing(wasArmedAgain: false);
        Assert.Equal(60_000, _trust.Patience);
    }

    [Fact]
    public void A_kernel_that_was_shown_to_ring_again_is_trusted_from_the_start()
    {
        _trust.NoteProof();
        _trust.NoteRing(wasArmedAgain: false);
        Assert.Equal(60_000, _trust.Patience);
    }

    [Fact]
    public void Once_a_bell_was_silent_looks_come_often_for_good()
    {
        _trust.NoteSilence();
        _trust.NoteRing(wasArmedAgain: false);
        _trust.NoteNothing();
        Assert.Equal(50, _trust.Patience);
    }
}
