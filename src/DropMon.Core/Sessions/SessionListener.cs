using DropMon.Filters;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// A listener on the source's thread: asks its own filter, counts what it turns away, and takes the rest in its own way. What the filter
/// says of a site is asked once a site. The counts may be read from any thread.
/// </summary>
internal abstract class SessionListener(DropSession session, DropFilter filter)
{
    private const byte Wanted = 1;
    private const byte Unwanted = 2;

    private readonly bool _wantsAll = filter.IsEmpty;
    private readonly FilterMatcher _matcher = filter.Matcher;
    private NumberedSite? _lastSite;
    private bool _isLastWanted;
    private byte[] _verdicts = new byte[64];
    private int _epoch;
    private long _received;
    private long _filteredOut;
    private volatile SourceTotals _base = SourceTotals.None;
    private volatile SourceTotals? _final;

    /// <summary>What it wants.</summary>
    public DropFilter Filter => filter;

    /// <summary>The session that it listens to.</summary>
    protected DropSession Session => session;

    /// <summary>Offers a drop.</summary>
    /// <param name="drop">The drop.</param>
    /// <param name="site">Its site.</param>
    /// <param name="names">Names interfaces and processes.</param>
    /// <param name="alert">The alert of the drop; null until a listener has had it built.</param>
    public void Offer(in RawDrop drop, NumberedSite site, RawDropNames names, ref DropAlert? alert)
    {
        // One writer: plain increments, read with Interlocked from elsewhere.
        _received++;
        if (_wantsAll || ((ReferenceEquals(site, _lastSite) ? _isLastWanted : WantsSite(site)) && WantsPacket(in drop, names)))
        {
            Take(in drop, site.Site, ref alert);
        }
        else
        {
            _filteredOut++;
        }
    }

    /// <summary>A batch has ended.</summary>
    /// <param name="processesChanged">Whether a process may have another name from now on.</param>
    public abstract void EndBatch(bool processesChanged);

    /// <summary>No more will come.</summary>
    public abstract void Complete();

    /// <summary>There is something new in the session's warnings.</summary>
    public virtual void NoteWarning()
    {
    }

    /// <summary>What the source had lost when this began to listen is not this one's.</summary>
    public void BeginAt(SourceTotals totals) => _base = totals;

    /// <summary>What the source loses from now on is no longer this one's.</summary>
    public void EndAt(SourceTotals totals) => _final ??= totals.Since(_base);

    /// <summary>The ledger without what becomes of alerts after they were delivered.</summary>
    public DropLedger ReadLedger()
    {
        SourceTotals totals = _final ?? session.ReadTotals().Since(_base);
        long received = Interlocked.Read(ref _received);
        long filteredOut = Interlocked.Read(ref _filteredOut);
        return new DropLedger
        {
            Received = received,
            FilteredOut = filteredOut,
            FilteredInKernel = totals.FilteredInKernel,
            Delivered = received - filteredOut,
            LossesByCause = totals.Losses,
            Gaps = session.Notes,
        };
    }

    /// <summary>Takes a drop that the filter wants.</summary>
    protected abstract void Take(in RawDrop drop, DropSite site, ref DropAlert? alert);

    private bool WantsSite(NumberedSite site)
    {
        if (site.Epoch != _epoch)
        {
            // The table began anew: its numbers are those of other sites now.
            Array.Clear(_verdicts);
            _epoch = site.Epoch;
        }

        if (site.Id >= _verdicts.Length)
        {
            Array.Resize(ref _verdicts, Math.Max(site.Id + 1, _verdicts.Length * 2));
        }

        ref byte verdict = ref _verdicts[site.Id];
        if (verdict == 0)
        {
            verdict = _matcher.MatchesSite(site.Site) ? Wanted : Unwanted;
        }

        // Storms come from one place.
        _lastSite = site;
        return _isLastWanted = verdict == Wanted;
    }

    // The name is not looked for where no condition asks for it.
    private bool WantsPacket(in RawDrop drop, RawDropNames names) =>
        (_matcher.Interfaces is null || _matcher.MatchesInterface(names.InterfaceName(in drop)))
        && _matcher.MatchesNamespace(drop.NetworkNamespace > 0 ? drop.NetworkNamespace : null)
        && (_matcher.Processes is null || _matcher.MatchesProcess(names.ProcessName(in drop)))
        && (_matcher.Units is null || _matcher.MatchesUnit(names.ControlGroup(drop.ControlGroup)?.Unit))
        && (_matcher.Containers is null || _matcher.MatchesContainer(names.Container(drop.ControlGroup, drop.NetworkNamespace)))
        && _matcher.MatchesPacket(drop.HasEtherType ? drop.EtherType : null, drop.Payload);
}
