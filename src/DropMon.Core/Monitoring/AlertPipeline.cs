namespace DropMon.Monitoring;

/// <summary>From raw drop to buffered alert, on the source's thread: find the site, ask the filter, build, hand over a batch at a time.</summary>
internal sealed class AlertPipeline(DropSiteTable sites, DropFilter filter, DropAlertBuilder builder, AlertBuffer buffer) : IRawDropConsumer
{
    private readonly DropAlert[] _batch = new DropAlert[256];
    private int _batched;
    private long _received;
    private long _filteredOut;

    /// <summary>Alerts that came from the source.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Alerts that the filter did not want.</summary>
    public long FilteredOut => Interlocked.Read(ref _filteredOut);

    public void Consume(in RawDrop drop)
    {
        // One writer: plain increments, read with Interlocked from elsewhere.
        _received++;
        DropSiteTable.Entry entry = sites.Find(in drop);
        if (!entry.IsWanted || !WantsPacket(in drop))
        {
            _filteredOut++;
            return;
        }

        _batch[_batched++] = builder.Build(in drop, entry.Site);
        if (_batched == _batch.Length)
        {
            HandOver();
        }
    }

    public void EndBatch()
    {
        HandOver();
        builder.Refresh();
    }

    private bool WantsPacket(in RawDrop drop)
    {
        if (filter.InterfaceName is not null && (builder.InterfaceName(in drop) is not { } name || !filter.InterfaceName(name)))
        {
            return false;
        }

        return filter.MatchesProtocol(drop.HasEtherType ? drop.EtherType : null, drop.Payload);
    }

    private void HandOver()
    {
        buffer.Append(_batch.AsSpan(0, _batched));
        Array.Clear(_batch, 0, _batched);
        _batched = 0;
    }
}
