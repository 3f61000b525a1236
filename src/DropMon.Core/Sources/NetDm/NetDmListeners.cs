using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Sources.NetDm;

/// <summary>Who else listens to the drop monitor: what DropMon turned on stays on for them.</summary>
internal interface INetDmListeners
{
    /// <summary>How many sockets besides the session's own have joined the monitor's group.</summary>
    int CountOthers();
}

/// <summary>
/// The listeners in the kernel's table of sockets. The drop monitor lives in one network namespace, and so do its listeners.
/// </summary>
/// <param name="client">The monitor.</param>
/// <param name="sockets">The sockets of that namespace.</param>
/// <param name="ownPort">The session's own socket.</param>
internal sealed class NetDmListeners(NetDmClient client, NetlinkTable sockets, uint ownPort) : INetDmListeners
{
    public int CountOthers()
    {
        uint group = client.Family.Group(NetDmClient.EventsGroup);
        return sockets.Read().Count(row => row.Protocol == NetlinkSocket.Generic && row.PortId != ownPort && row.HasJoined(group));
    }
}
