using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>Hands alerts a batch at a time to a buffer of its own.</summary>
internal sealed class AlertListener(DropSession session, ListenerOptions options, DropAlertBuilder builder)
    : SessionListener(session, options.Filter), IAlertListener
{
    private readonly AlertBuffer _buffer = new(
        options.Capacity, options.KeepsNewest ? OverflowPolicy.OverwriteOldest : OverflowPolicy.DropNewest);
    private readonly DropAlert[] _batch = new DropAlert[256];
    private int _batched;

    public bool IsDrained => _buffer.IsDrained;

    int IAlertListener.Take(Span<DropAlert> destination, TimeSpan timeout)
    {
        int taken = _buffer.Take(destination, timeout);
        if (taken == 0 && _buffer.IsDrained)
        {
            Session.ThrowIfFailed();
        }

        return taken;
    }

    public IReadOnlyList<DropAlert> Snapshot()
    {
        Session.Flush();
        return _buffer.Copy();
    }

    public DropMonitorStatus GetStatus() => Session.Describe(GetLedger()) with { Capacity = _buffer.Capacity, Buffered = _buffer.Count };

    public DropLedger GetLedger()
    {
        // Read before what came, so that no alert is missing from both.
        AlertBuffer.Counts buffer = _buffer.ReadCounts();
        DropLedger ledger = ReadLedger();
        return options.KeepsNewest
            ? ledger with { Delivered = ledger.Delivered - buffer.Lost, Overwritten = buffer.Lost }
            : ledger with { Delivered = buffer.Taken, Unread = ledger.Delivered - buffer.Lost - buffer.Taken, BufferLost = buffer.Lost };
    }

    public override void EndBatch(bool processesChanged) => HandOver();

    public override void NoteWarning() => _buffer.Wake();

    public override void Complete()
    {
        HandOver();
        _buffer.Complete();
    }

    public void Dispose() => Session.Leave(this);

    protected override void Take(in RawDrop drop, DropSite site, ref DropAlert? alert)
    {
        _batch[_batched++] = alert ??= builder.Build(in drop, site);
        if (_batched == _batch.Length)
        {
            HandOver();
        }
    }

    private void HandOver()
    {
        _buffer.Append(_batch.AsSpan(0, _batched));
        Array.Clear(_batch, 0, _batched);
        _batched = 0;
    }
}
