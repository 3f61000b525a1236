using DropMon.Kernel.Symbols;
using DropMon.Machine.ControlGroups;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>Makes a <see cref="DropAlert"/> of a raw drop: copies the bytes, names interface and process. For one thread.</summary>
internal sealed class DropAlertBuilder(string source, IKernelSymbols symbols, ISourceLines lines, RawDropNames names)
{
    private const long NanosecondsPerTick = 100;
    private const ushort DifferentSizes = 0xffff; // GSO_BY_FRAGS

    public DropAlert Build(in RawDrop drop, DropSite site)
    {
        ControlGroup? group = names.ControlGroup(drop.ControlGroup);
        return new DropAlert(site, DateTime.UnixEpoch.Ticks + (drop.UnixNanoseconds / NanosecondsPerTick))
        {
            Count = drop.Count,
            Source = source,
            Origin = drop.Origin,
            InterfaceIndex = drop.InterfaceIndex > 0 ? drop.InterfaceIndex : null,
            InterfaceName = names.InterfaceName(in drop),
            EtherType = drop.HasEtherType ? drop.EtherType : null,
            Payload = drop.Payload.IsEmpty ? null : drop.Payload.ToArray(),
            OriginalLength = drop.Payload.IsEmpty ? null : drop.OriginalLength,
            Mark = drop.Metadata is { Mark: > 0 and var mark } ? mark : null,
            Priority = drop.Metadata?.Priority,
            Hash = drop.Metadata is { Hash: > 0 and var hash } ? hash : null,
            QueueMapping = drop.Metadata?.QueueMapping,
            VlanId = drop.Metadata?.VlanId,
            GsoSize = drop.Metadata is { GsoSize: > 0 and < DifferentSizes and var size } ? size : null,
            GsoSegments = drop.Metadata is { GsoSize: > 0, GsoSegments: > 0 and var segments } ? segments : null,
            Cpu = drop.HasContext ? drop.Cpu : null,
            ProcessId = drop.HasContext ? drop.ProcessId : null,
            ProcessName = names.ProcessName(in drop),
            NetworkNamespace = drop.NetworkNamespace > 0 ? drop.NetworkNamespace : null,
            NetworkNamespaceName = names.NetworkNamespaceName(drop.NetworkNamespace),
            ControlGroup = group?.Path,
            Unit = group?.Unit,
            Container = names.Container(drop.ControlGroup, drop.NetworkNamespace),
            StackTrace = drop.StackTrace.IsEmpty
                ? null
                : new KernelStack(KernelStack.FromSite(drop.StackTrace, drop.Address), symbols, lines),
            FlowActionCookie = drop.FlowActionCookie.IsEmpty ? null : drop.FlowActionCookie.ToArray(),
        };
    }

    /// <summary>Forgets what may have changed, so that names stay right.</summary>
    public void Refresh() => names.Refresh();
}
