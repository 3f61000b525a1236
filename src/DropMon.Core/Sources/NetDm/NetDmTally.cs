using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Sources.NetDm;

/// <summary>
/// What the kernel's queues turned away since the source opened (NET_DM_CMD_STATS_GET). The kernel's counts go on from session to session
/// and begin anew with the module; this one only grows. Several threads may ask.
/// </summary>
internal sealed class NetDmTally(NetDmClient client)
{
    private readonly object _gate = new();
    private NetDmStatistics _base = client.GetStatistics();
    private NetDmStatistics _last;
    private long _ofFormerModules;

    /// <summary>The tail drops until now; those until the last call where the module has been unloaded since.</summary>
    public long Read()
    {
        lock (_gate)
        {
            try
            {
                _last = SinceBase(client.GetStatistics());
            }
            catch (NetlinkException error) when (error.Errno == Errno.ENOENT)
            {
                // LookForReload tells.
            }

            return _ofFormerModules + Sum(_last);
        }
    }

    /// <summary>Looks whether the module was unloaded and loaded again meanwhile.</summary>
    /// <returns>True if so: groups must be joined anew.</returns>
    /// <exception cref="KernelFeatureMissingException">It was unloaded and cannot be loaded.</exception>
    public bool LookForReload()
    {
        lock (_gate)
        {
            if (!client.ResolveAgain())
            {
                return false;
            }

            _ofFormerModules += Sum(_last);
            _last = default;
            _base = client.GetStatistics();
            return true;
        }
    }

    private static long Sum(NetDmStatistics statistics) => (long)(statistics.Software + statistics.Hardware);

    // A count below its base is that of a module that was loaded since.
    private NetDmStatistics SinceBase(NetDmStatistics now) => new(
        now.Software >= _base.Software ? now.Software - _base.Software : now.Software,
        now.Hardware >= _base.Hardware ? now.Hardware - _base.Hardware : now.Hardware);
}
