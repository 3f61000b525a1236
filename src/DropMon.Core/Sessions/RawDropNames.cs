using DropMon.Machine;
using DropMon.Machine.ControlGroups;
using DropMon.Sources;
using DropMon.Text;

namespace DropMon.Sessions;

/// <summary>Names the interface and the process of raw drops, without asking anew for each. For one thread.</summary>
internal sealed class RawDropNames
{
    private readonly bool _isReplay;
    private readonly Utf8NamePool _interfaces = new();
    private readonly Utf8NamePool _processNames = new();
    private readonly ProcessNames _processes = new();
    private readonly InterfaceNames _interfaceNames = new();
    private readonly ControlGroupNames _controlGroups;
    private readonly NetworkNamespaceNames _namespaces;

    public RawDropNames(string source)
    {
        _isReplay = source == DropSourceName.Replay;
        var containers = new ContainerNames();
        _controlGroups = new ControlGroupNames(containers);
        _namespaces = new NetworkNamespaceNames(containers);
    }

    /// <summary>The name of the interface a drop came in by; null where the source does not tell.</summary>
    public string? InterfaceName(in RawDrop drop)
    {
        if (!drop.InterfaceName.IsEmpty)
        {
            return _interfaces.Text(_interfaces.Intern(drop.InterfaceName));
        }

        // An index in a file is one of the machine that wrote it.
        return drop.InterfaceIndex > 0 && !_isReplay ? _interfaceNames.Find(drop.InterfaceIndex) : null;
    }

    /// <summary>The name of the process that a drop happened in; null where the source does not tell, or it is gone.</summary>
    public string? ProcessName(in RawDrop drop) =>
        !drop.ProcessName.IsEmpty
            ? _processNames.Text(_processNames.Intern(drop.ProcessName))
            : drop.HasContext ? ProcessName(drop.ProcessId)
            : null;

    /// <summary>The name that a network namespace has below /run/netns; null for 0 and where it has none.</summary>
    public string? NetworkNamespaceName(uint inode) => inode > 0 && !_isReplay ? _namespaces.FindName(inode) : null;

    /// <summary>The container of a control group, else the only one in a network namespace; null where neither names one.</summary>
    public string? Container(ulong controlGroup, uint networkNamespace) =>
        ControlGroup(controlGroup)?.Container
        ?? (networkNamespace > 0 && !_isReplay ? _namespaces.FindContainer(networkNamespace) : null);

    /// <summary>The control group with a number; null for 0 and where it is gone.</summary>
    public ControlGroup? ControlGroup(ulong id) => id > 0 && !_isReplay ? _controlGroups.Find(id) : null;

    /// <summary>The name of a process; null when it is gone.</summary>
    public string? ProcessName(int process) => _processes.Find(process);

    /// <summary>Forgets what may have changed, so that names stay right.</summary>
    /// <returns>Whether a process may have another name from now on.</returns>
    public bool Refresh()
    {
        _interfaceNames.Expire();
        return _processes.Expire();
    }
}
