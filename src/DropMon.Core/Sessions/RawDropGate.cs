using DropMon.Filters;
using DropMon.Packets;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>Finds a raw drop's site, asks the filter, and counts what it turns away. For one thread; the counts may be read from any.</summary>
internal sealed class RawDropGate(DropSiteTable sites, DropFilter filter, RawDropNames names)
{
    private readonly FilterMatcher _matcher = filter.Matcher;
    private long _received;
    private long _filteredOut;

    /// <summary>Alerts that came from the source.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Alerts that the filter did not want.</summary>
    public long FilteredOut => Interlocked.Read(ref _filteredOut);

    /// <summary>The site of a drop that is wanted; null for one that is not.</summary>
    public DropSite? Admit(in RawDrop drop)
    {
        // One writer: plain increments, read with Interlocked from elsewhere.
        _received++;
        DropSiteTable.Entry entry = sites.Find(in drop);
        if (entry.IsWanted && WantsPacket(in drop))
        {
            return entry.Site;
        }

        _filteredOut++;
        return null;
    }

    // The name is not looked for where no condition asks for it.
    private bool WantsPacket(in RawDrop drop) =>
        (_matcher.Interfaces is null || _matcher.MatchesInterface(names.InterfaceName(in drop)))
        && _matcher.MatchesProtocol(drop.HasEtherType ? drop.EtherType : null, drop.Payload);
}
