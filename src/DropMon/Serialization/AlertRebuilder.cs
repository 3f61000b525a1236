using System.Collections.Concurrent;
using System.Management.Automation;
using DropMon.Commands;
using DropMon.Model.Fields;

namespace DropMon.Serialization;

/// <summary>
/// Makes alerts of the property bags that CLIXML, remoting, ConvertFrom-Json and Import-Csv make of them: the one place that does. Alerts
/// from one place share what is the same for all of them, as live ones do, so that a million of them stay small. For any number of threads.
/// </summary>
internal sealed class AlertRebuilder
{
    private const int MostSites = 4096;

    private static readonly FieldReader[] Own = FieldReaders.Of(DropFields.All.Where(field => !field.IsOfSite));
    private static readonly FieldReader[] Site = FieldReaders.Of(DropFields.All.Where(field => field.IsOfSite));

    private readonly ConcurrentDictionary<SiteValues, DropSite> _sites = new();
    private long _siteBytes;

    /// <summary>The alert; null for what is none.</summary>
    /// <exception cref="TimeTextException">Its time is unreadable.</exception>
    /// <exception cref="PropertyValueException">It has a number or a text that no alert has.</exception>
    public DropAlert? Rebuild(PSObject source)
    {
        var bag = new PropertyBag(source);
        if (!IsAlert(source))
        {
            return null;
        }

        var values = new DropValues();
        Read(Own, bag, ref values);
        if (!values.HasTime)
        {
            return null;
        }

        values.Own.ComputerName ??= bag.Text("PSComputerName");
        return new DropAlert(SiteOf(bag, ref values), in values.Own);
    }

    /// <summary>Whether it has what no alert lacks.</summary>
    public static bool IsAlert(PSObject source) =>
        source.Properties[nameof(DropAlert.Timestamp)] is not null && source.Properties[nameof(DropAlert.Function)] is not null
            && source.Properties[nameof(DropAlert.Reason)] is not null;

    private DropSite SiteOf(PropertyBag bag, ref DropValues values)
    {
        Read(Site, bag, ref values);
        IReadOnlyList<StackFrame>? inlined = values.Site.InlineFrames;
        // The functions inlined at a place are the same whenever the place is.
        SiteValues key = values.Site with { InlineFrames = null };
        if (_sites.TryGetValue(key, out DropSite? known))
        {
            return known;
        }

        DropSite site = values.Site.Build();
        if (site.Weight > AlertLimits.MostSite)
        {
            throw new PropertyValueException(nameof(DropAlert.InlineFrames), inlined?.Count,
                $"a place that takes at most {AlertLimits.MostSite} bytes");
        }

        if (_sites.Count >= MostSites || Interlocked.Add(ref _siteBytes, site.Weight) > AlertLimits.MostSites)
        {
            _sites.Clear();
            Interlocked.Exchange(ref _siteBytes, site.Weight);
        }

        return _sites.GetOrAdd(key, site);
    }

    private static void Read(FieldReader[] readers, PropertyBag bag, ref DropValues values)
    {
        foreach (FieldReader read in readers)
        {
            read(bag, ref values);
        }
    }
}
