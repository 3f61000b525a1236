using System.Collections.Concurrent;
using System.Management.Automation;
using DropMon.Evidence;
using DropMon.Files;
using DropMon.Files.Json;
using DropMon.Kernel.Symbols;
using DropMon.Packets;

namespace DropMon.Commands;

/// <summary>
/// Makes alerts of the property bags that CLIXML, remoting, ConvertFrom-Json and Import-Csv make of them: the one place that does. Alerts from
/// one place share what is the same for all of them, as live ones do, so that a million of them stay small. For any number of threads.
/// </summary>
internal sealed class AlertRebuilder
{
    private const int MostSites = 4096;

    private readonly ConcurrentDictionary<SiteFields, DropSite> _sites = new();
    private long _siteBytes;

    /// <summary>The alert; null for what is none.</summary>
    /// <exception cref="TimeTextException">Nobody can tell when it happened.</exception>
    /// <exception cref="PropertyValueException">It has a number or a text that no alert has.</exception>
    public DropAlert? Rebuild(PSObject source)
    {
        var bag = new PropertyBag(source);
        if (!IsAlert(source) || bag.Time(nameof(DropAlert.Timestamp)) is not { } time)
        {
            return null;
        }

        return new DropAlert(Site(bag), time)
        {
            Count = bag.Count(nameof(DropAlert.Count)) ?? 1,
            StackTrace = Frames(bag, nameof(DropAlert.StackTrace)),
            InterfaceIndex = bag.Small(nameof(DropAlert.InterfaceIndex)),
            InterfaceName = bag.Text(nameof(DropAlert.InterfaceName)),
            EtherType = bag.Short(nameof(DropAlert.EtherType)),
            Payload = bag.Bytes(nameof(DropAlert.Payload), AlertLimits.MostPayload),
            OriginalLength = bag.Small(nameof(DropAlert.OriginalLength)),
            Cpu = bag.Small(nameof(DropAlert.Cpu)),
            ProcessId = bag.Small(nameof(DropAlert.ProcessId)),
            ProcessName = bag.Text(nameof(DropAlert.ProcessName)),
            NetworkNamespace = bag.Unsigned(nameof(DropAlert.NetworkNamespace)),
            Origin = bag.Enumeration<DropOrigin>(nameof(DropAlert.Origin)) ?? DropOrigin.Software,
            FlowActionCookie = bag.Bytes(nameof(DropAlert.FlowActionCookie), AlertLimits.MostCookie),
            Source = bag.Text(nameof(DropAlert.Source)) ?? DropSourceName.Replay,
            ComputerName = bag.Text(nameof(DropAlert.ComputerName)) ?? bag.Text("PSComputerName"),
        };
    }

    /// <summary>Whether it has what no alert lacks.</summary>
    public static bool IsAlert(PSObject source) =>
        source.Properties[nameof(DropAlert.Timestamp)] is not null && source.Properties[nameof(DropAlert.Function)] is not null && source.Properties[nameof(DropAlert.Reason)] is not null;

    private DropSite Site(PropertyBag bag)
    {
        StackFrame[]? inlined = Frames(bag, nameof(DropAlert.InlineFrames));
        var fields = new SiteFields
        {
            Class = bag.Enumeration<DropClass>(nameof(DropAlert.Class)) ?? DropClass.Unknown,
            Type = bag.Text(nameof(DropAlert.Type)),
            Significance = bag.Enumeration<DropSignificance>(nameof(DropAlert.Significance)) ?? DropSignificance.Unknown,
            Reason = bag.Text(nameof(DropAlert.Reason)),
            ReasonSubsystem = bag.Text(nameof(DropAlert.ReasonSubsystem)),
            Explanation = bag.Text(nameof(DropAlert.Explanation)),
            Function = bag.Text(nameof(DropAlert.Function)),
            Offset = bag.Unsigned(nameof(DropAlert.Offset)),
            Module = bag.Text(nameof(DropAlert.Module)),
            Address = bag.Unsigned(nameof(DropAlert.Address)),
            SourceFile = bag.Text(nameof(DropAlert.SourceFile)),
            Line = bag.Small(nameof(DropAlert.Line)),
            TrapName = bag.Text(nameof(DropAlert.TrapName)),
            TrapGroup = bag.Text(nameof(DropAlert.TrapGroup)),
        };
        // The functions inlined at a place are the same whenever the place is.
        if (_sites.TryGetValue(fields, out DropSite? known))
        {
            return known;
        }

        DropSite site = (fields with { InlineFrames = inlined }).Build();
        if (site.Weight > AlertLimits.MostSite)
        {
            throw new PropertyValueException(nameof(DropAlert.InlineFrames), inlined?.Length, $"a place that takes at most {AlertLimits.MostSite} bytes");
        }

        if (_sites.Count >= MostSites || Interlocked.Add(ref _siteBytes, site.Weight) > AlertLimits.MostSites)
        {
            _sites.Clear();
            Interlocked.Exchange(ref _siteBytes, site.Weight);
        }

        return _sites.GetOrAdd(fields, site);
    }

    private static StackFrame[]? Frames(PropertyBag bag, string name) =>
        bag.Items(name)?.Select(Frame).ToArray() ?? bag.Text(name)?.Split(ValueText.Separator).Select(LocationText.Parse).ToArray();

    // ConvertTo-Json leaves a frame's text only.
    private static StackFrame Frame(PropertyBag item) => !item.Has(nameof(StackFrame.Address))
        ? LocationText.Parse(item.Whole)
        : new StackFrame(
            item.Unsigned(nameof(StackFrame.Address)) ?? 0,
            item.Text(nameof(StackFrame.Function)),
            item.Unsigned(nameof(StackFrame.Offset)) ?? 0,
            item.Text(nameof(StackFrame.Module)),
            item.Text(nameof(StackFrame.SourceFile)),
            item.Small(nameof(StackFrame.Line)));
}
