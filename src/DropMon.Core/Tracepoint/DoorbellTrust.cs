namespace DropMon.Tracepoint;

/// <summary>
/// How long to wait for a doorbell before looking without it. Kernels have changed what turning an event on again does (Linux 6.16), and a
/// bell that stays silent would hold drops back for ever: so a look follows after a second, then ever later while nothing is found;
/// once a drop is found that no bell rang for, looks come often for good.
/// </summary>
internal sealed class DoorbellTrust
{
    private const int ShortestMilliseconds = 1000;
    private const int LongestMilliseconds = 60_000;
    private const int DistrustingMilliseconds = 50;

    private int _patience = ShortestMilliseconds;

    /// <summary>Whether a drop came without a ring.</summary>
    public bool IsLost { get; private set; }

    /// <summary>How long to wait, in milliseconds.</summary>
    public int Patience => IsLost ? DistrustingMilliseconds : _patience;

    /// <summary>A bell rang: drops come, so that the next look without one is due soon again.</summary>
    public void NoteRing() => _patience = ShortestMilliseconds;

    /// <summary>A look without a ring found nothing.</summary>
    public void NoteNothing() => _patience = Math.Min(_patience * 2, LongestMilliseconds);

    /// <summary>A look without a ring found drops, and no bell rang for them afterwards either.</summary>
    public void NoteSilence() => IsLost = true;
}
