using DropMon.Monitoring.Preflight;
using DropMon.Netlink;

namespace DropMon.Sources.NetDm.Checks;

/// <summary>How large a buffer the kernel grants the netlink socket: what does not fit in a storm is lost, and counted.</summary>
internal sealed class ReceiveBufferCheck : IPreflightCheck
{
    public string Name => "ReceiveBuffer";

    public PreflightResult Run(PreflightContext context)
    {
        using var socket = new NetlinkEventSocket(NetlinkSocket.Generic, NetDmOptions.DefaultReceiveBuffer);
        // The kernel doubles what it grants, for its own bookkeeping.
        return socket.ReceiveBufferSize >= NetDmOptions.DefaultReceiveBuffer
            ? new PreflightResult(Name, PreflightStatus.Passed, $"The kernel grants {socket.ReceiveBufferSize} bytes.")
            : new PreflightResult(Name, PreflightStatus.Warning,
                $"The kernel grants {socket.ReceiveBufferSize} bytes instead of {NetDmOptions.DefaultReceiveBuffer}: in a storm, alerts " +
                "of the drop monitor may be lost at the socket; the ledger counts them.",
                $"Run with CAP_NET_ADMIN, or: sysctl -w net.core.rmem_max={NetDmOptions.DefaultReceiveBuffer}");
    }
}
