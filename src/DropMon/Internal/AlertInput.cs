using System.Management.Automation;

namespace DropMon.Commands;

/// <summary>
/// Takes alerts as parameters bring them: live ones as they are; those that remoting, Import-Clixml, ConvertFrom-Json or Import-Csv made
/// property bags of, rebuilt. Sites are shared again, so that a million alerts stay small.
/// </summary>
internal sealed class AlertInput
{
    private const int MostSites = 100_000;

    private readonly Dictionary<SiteKey, DropSite> _sites = [];

    /// <summary>The alert; null, and an error on the cmdlet, for what is none.</summary>
    public DropAlert? Read(Cmdlet cmdlet, PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                return null;
            case DropAlert alert:
                return alert;
        }

        var properties = new PropertyBag(input);
        if (properties.Time(nameof(DropAlert.Timestamp)) is not { } time || !properties.Has(nameof(DropAlert.Function)) || !properties.Has(nameof(DropAlert.Reason)))
        {
            cmdlet.WriteError(new InputException($"'{input}' is no alert: it lacks Timestamp, Function or Reason.").ToErrorRecord(input));
            return null;
        }

        return new DropAlert(SiteOf(properties), time)
        {
            Count = properties.Number(nameof(DropAlert.Count)) ?? 1,
            InterfaceIndex = (int?)properties.Number(nameof(DropAlert.InterfaceIndex)),
            InterfaceName = properties.Text(nameof(DropAlert.InterfaceName)),
            EtherType = (ushort?)properties.Number(nameof(DropAlert.EtherType)),
            Payload = properties.Bytes(nameof(DropAlert.Payload)),
            OriginalLength = (int?)properties.Number(nameof(DropAlert.OriginalLength)),
            Cpu = (int?)properties.Number(nameof(DropAlert.Cpu)),
            ProcessId = (int?)properties.Number(nameof(DropAlert.ProcessId)),
            ProcessName = properties.Text(nameof(DropAlert.ProcessName)),
            NetworkNamespace = properties.Unsigned(nameof(DropAlert.NetworkNamespace)),
            Origin = properties.Enumeration<DropOrigin>(nameof(DropAlert.Origin)) ?? DropOrigin.Software,
            Source = properties.Enumeration<DropSourceKind>(nameof(DropAlert.Source)) ?? DropSourceKind.Replay,
            ComputerName = properties.Text(nameof(DropAlert.ComputerName)) ?? properties.Text("PSComputerName"),
        };
    }

    private DropSite SiteOf(PropertyBag properties)
    {
        var key = new SiteKey(
            properties.Unsigned(nameof(DropAlert.Address)),
            properties.Text(nameof(DropAlert.Location)),
            properties.Text(nameof(DropAlert.Reason)),
            properties.Text(nameof(DropAlert.Type)),
            properties.Text(nameof(DropAlert.TrapName)));
        if (_sites.TryGetValue(key, out DropSite? site))
        {
            return site;
        }

        if (_sites.Count >= MostSites)
        {
            _sites.Clear();
        }

        site = Build(properties, key);
        _sites.Add(key, site);
        return site;
    }

    private static DropSite Build(PropertyBag properties, SiteKey key)
    {
        string? file = properties.Text(nameof(DropAlert.SourceFile));
        int? line = (int?)properties.Number(nameof(DropAlert.Line));
        return new DropSite(() => file is null ? null : new SourceLocation(file, line ?? 0, []))
        {
            Address = key.Address,
            Function = properties.Text(nameof(DropAlert.Function)),
            Offset = properties.Unsigned(nameof(DropAlert.Offset)),
            Module = properties.Text(nameof(DropAlert.Module)),
            Reason = key.Reason,
            ReasonSubsystem = properties.Text(nameof(DropAlert.ReasonSubsystem)),
            Class = properties.Enumeration<DropClass>(nameof(DropAlert.Class)) ?? DropClass.Unknown,
            Type = key.Type,
            Significance = properties.Enumeration<DropSignificance>(nameof(DropAlert.Significance)) ?? DropSignificance.Unknown,
            Explanation = properties.Text(nameof(DropAlert.Explanation)),
            TrapName = key.Trap,
            TrapGroup = properties.Text(nameof(DropAlert.TrapGroup)),
        };
    }

    private readonly record struct SiteKey(ulong? Address, string? Location, string? Reason, string? Type, string? Trap);
}
