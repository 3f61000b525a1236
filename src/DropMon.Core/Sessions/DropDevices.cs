using System.Text;
using DropMon.Counters.Tables;
using DropMon.Machine;
using DropMon.Netlink;
using DropMon.Reasons.Predicates;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// Says of what kind the device is that a dropped packet came in by, and which hardware address it has. Only devices of this network
/// namespace are known: a drop that names index and name of one of them is taken to be of that one. They are read once a second, and only
/// while they are needed. For one thread.
/// </summary>
internal sealed class DropDevices
{
    private const long LifetimeMilliseconds = 1000;

    private readonly Dictionary<int, (byte[] Name, DropDevice Device)> _links = [];
    private readonly ulong? _ownNamespace = OwnNetworkNamespace.ReadInode();
    private long _filledAt;
    private bool _isFilled;

    /// <summary>The device; null where it is none of this namespace, or the source does not name it.</summary>
    public DropDevice? Find(in RawDrop drop)
    {
        bool isElsewhere = drop.NetworkNamespace != 0 && drop.NetworkNamespace != _ownNamespace;
        if (drop.InterfaceIndex <= 0 || drop.InterfaceName.IsEmpty || isElsewhere)
        {
            return null;
        }

        if (!_isFilled || Environment.TickCount64 - _filledAt > LifetimeMilliseconds)
        {
            Fill();
        }

        return _links.TryGetValue(drop.InterfaceIndex, out (byte[] Name, DropDevice Device) link)
            && drop.InterfaceName.SequenceEqual(link.Name)
            ? link.Device
            : null;
    }

    private void Fill()
    {
        _filledAt = Environment.TickCount64;
        _isFilled = true;
        _links.Clear();
        try
        {
            using NetlinkConnection route = NetlinkConnection.Open(NetlinkSocket.Route);
            foreach (KernelLink link in new LinkTable(() => route).Links)
            {
                string kind = link.Kind ?? (link.IsLoopback ? "loopback" : "physical");
                _links[link.Index] = (Encoding.UTF8.GetBytes(link.Name), new DropDevice(kind, link.HardwareAddress));
            }
        }
        catch (Exception error) when (error is NetlinkException or NetlinkFormatException or Native.SyscallException)
        {
            // What is not known answers no predicate.
        }
    }
}
