
namespace DropMon.Machine.ControlGroups;

/// <summary>
/// Names network namespaces: as <c>ip netns</c> does, and by the container whose processes are in it. Remembers for two seconds: a scan of
/// all processes takes milliseconds. For one thread.
/// </summary>
internal sealed class NetworkNamespaceNames(ContainerNames containers)
{
    private const long LifetimeMilliseconds = 2000;
    private const long SoonestMilliseconds = 250; // for a namespace that was not there at the last scan
    private const int MostProcessesEach = 16;

    private readonly Dictionary<ulong, string> _names = [];
    private readonly Dictionary<ulong, string?> _containers = [];
    private readonly ulong? _own = OwnNetworkNamespace.ReadInode();
    private long _namedAt, _scannedAt;
    private bool _isNamed, _isScanned;

    /// <summary>The name below /run/netns; null where it has none.</summary>
    public string? FindName(ulong inode)
    {
        if (!_isNamed || Environment.TickCount64 - _namedAt > LifetimeMilliseconds)
        {
            ReadNames();
        }

        return _names.GetValueOrDefault(inode);
    }

    /// <summary>
    /// The one container whose processes are in the namespace; null where none is known, where several are, and for DropMon's own
    /// namespace, in which containers of the host's network are beside everything else.
    /// </summary>
    public string? FindContainer(ulong inode)
    {
        if (inode == _own)
        {
            return null;
        }

        long age = Environment.TickCount64 - _scannedAt;
        if (!_isScanned || age > LifetimeMilliseconds || (age > SoonestMilliseconds && !_containers.ContainsKey(inode)))
        {
            ScanProcesses();
            // One without processes is not looked for again at once.
            _containers.TryAdd(inode, null);
        }

        return _containers.GetValueOrDefault(inode);
    }

    private void ReadNames()
    {
        _isNamed = true;
        _namedAt = Environment.TickCount64;
        _names.Clear();
        foreach ((string name, ulong inode) in NamedNetworkNamespaces.Read())
        {
            _names[inode] = SafeText.Escape(name);
        }
    }

    private void ScanProcesses()
    {
        _isScanned = true;
        _scannedAt = Environment.TickCount64;
        _containers.Clear();
        var seen = new Dictionary<ulong, int>();
        foreach (string process in RunningProcesses.Folders())
        {
            if (RunningProcesses.NetworkNamespace(process) is not { } inode || inode == _own)
            {
                continue;
            }

            int count = seen[inode] = seen.GetValueOrDefault(inode) + 1;
            if (count > MostProcessesEach || (count > 1 && _containers[inode] is null))
            {
                continue;
            }

            string? container = ProcessControlGroups.Of(process).Select(containers.Find).FirstOrDefault(name => name is not null);
            // A namespace that two share, as in a pod, or that another process is in as well, is neither's.
            _containers[inode] = count == 1 || _containers[inode] == container ? container : null;
        }
    }
}
