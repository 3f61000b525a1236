using DropMon.Monitoring.Preflight;

namespace DropMon.Sources.NetDm.Checks;

/// <summary>Whether the kernel has a drop monitor (the generic netlink family NET_DM), loading its module if need be.</summary>
internal sealed class DropMonitorCheck : IPreflightCheck
{
    public string Name => "DropMonitor";

    public PreflightResult Run(PreflightContext context)
    {
        if (!context.IsFirstNetworkNamespace)
        {
            return new PreflightResult(Name, PreflightStatus.Skipped, "The drop monitor cannot be reached from this network namespace.");
        }

        using NetDmClient? client = NetDmClient.TryConnect();
        return client is null
            ? new PreflightResult(Name, PreflightStatus.Warning,
                "This kernel has no drop monitor: it has no generic netlink family NET_DM, and no module for it could be loaded. " +
                "Drops that a device makes are not reported; those of the kernel are, by the sources that work.",
                "modprobe drop_monitor; if there is no such module: Debian linux-image-amd64, Fedora kernel-modules-extra, others " +
                "CONFIG_NET_DROP_MONITOR=m.")
            : new PreflightResult(
                Name, PreflightStatus.Passed,
                $"Generic netlink family NET_DM, version {client.Family.Version}, multicast group " +
                $"{client.Family.Group(NetDmClient.EventsGroup)}.");
    }
}
