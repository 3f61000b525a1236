using DropMon.Symbols;

namespace DropMon.Monitoring;

/// <summary>Makes a <see cref="DropAlert"/> of a raw drop: copies the bytes, names interface and process. For one thread.</summary>
internal sealed class DropAlertBuilder(DropSourceKind source, IKernelSymbols symbols)
{
    private const long NanosecondsPerTick = 100;

    private readonly Utf8NamePool _interfaces = new();
    private readonly ProcessNames _processes = new();
    private readonly InterfaceNames _interfaceNames = new();

    public DropAlert Build(in RawDrop drop, DropSite site) =>
        new(site, DateTime.UnixEpoch.Ticks + (drop.UnixNanoseconds / NanosecondsPerTick))
        {
            Count = drop.Count,
            Source = source,
            Origin = drop.Origin,
            InterfaceIndex = drop.InterfaceIndex > 0 ? drop.InterfaceIndex : null,
            InterfaceName = InterfaceName(drop),
            EtherType = drop.HasEtherType ? drop.EtherType : null,
            Payload = drop.Payload.IsEmpty ? null : drop.Payload.ToArray(),
            OriginalLength = drop.Payload.IsEmpty ? null : drop.OriginalLength,
            Cpu = drop.HasContext ? drop.Cpu : null,
            ProcessId = drop.HasContext ? drop.ProcessId : null,
            ProcessName = drop.HasContext ? _processes.Find(drop.ProcessId) : null,
            StackTrace = drop.StackTrace.IsEmpty ? null : new KernelStack(KernelStack.FromSite(drop.StackTrace, drop.Address), symbols),
            FlowActionCookie = drop.FlowActionCookie.IsEmpty ? null : drop.FlowActionCookie.ToArray(),
        };

    /// <summary>The name of the interface a drop came in by; null where the source does not tell.</summary>
    public string? InterfaceName(in RawDrop drop)
    {
        if (!drop.InterfaceName.IsEmpty)
        {
            return _interfaces.Text(_interfaces.Intern(drop.InterfaceName));
        }

        // An index in a file is one of the machine that wrote it.
        return drop.InterfaceIndex > 0 && source != DropSourceKind.Replay ? _interfaceNames.Find(drop.InterfaceIndex) : null;
    }

    /// <summary>Forgets what may have changed, so that names stay right.</summary>
    public void Refresh()
    {
        _processes.Expire();
        _interfaceNames.Expire();
    }
}
