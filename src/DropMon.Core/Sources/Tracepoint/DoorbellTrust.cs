namespace DropMon.Sources.Tracepoint;

/// <summary>
/// How long to wait for a doorbell before looking without it. Kernels have changed what turning an event on again does (Linux 6.16), and a
/// bell that stays silent would hold drops back for ever: so a look follows after a second, then ever later while nothing is found. A bell
/// that rang after it was armed again, one tried out for the purpose (<see cref="DoorbellProof"/>) or one of these, has shown that this
/// kernel rings: from then on looks are rare. Once a drop is found that no bell rang for, they come
/// often for good.
/// </summary>
internal sealed class DoorbellTrust
{
    private const int ShortestMilliseconds = 1000;
    private const int LongestMilliseconds = 60_000;
    private const int DistrustingMilliseconds = 50;

    private int _patience = ShortestMilliseconds;
    private bool _isProven;

    /// <summary>Whether a drop came without a ring.</summary>
    public bool IsLost { get; private set; }

    /// <summary>How long to wait, in milliseconds.</summary>
    public int Patience => IsLost ? DistrustingMilliseconds : _patience;

    /// <summary>It was shown that this kernel's bells ring when armed again.</summary>
    public void NoteProof()
    {
        _isProven = true;
        _patience = LongestMilliseconds;
    }

    /// <summary>A bell rang: drops come, so that the next look without one is due soon again, unless bells are known to ring.</summary>
    /// <param name="wasArmedAgain">Whether the bell had rung before.</param>
    public void NoteRing(bool wasArmedAgain)
    {
        if (wasArmedAgain)
        {
            NoteProof();
        }
        else if (!_isProven)
        {
            _patience = ShortestMilliseconds;
        }
    }

    /// <summary>A look without a ring found nothing.</summary>
    public void NoteNothing() => _patience = Math.Min(_patience * 2, LongestMilliseconds);

    /// <summary>A look without a ring found drops, and no bell rang for them afterwards either.</summary>
    public void NoteSilence() => IsLost = true;
}
