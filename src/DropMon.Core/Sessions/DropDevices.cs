using DropMon.Netlink;
using DropMon.Reasons.Predicates;
using DropMon.Sources;

namespace DropMon.Sessions;

/// <summary>
/// Says of what kind the device is that a dropped packet came in by, and which hardware address it has. Only devices of this network namespace are known: a drop
/// that names index and name of one of them is taken to be of that one. They are asked for once a second, and only while somebody needs them. For one thread.
/// </summary>
internal sealed class DropDevices
{
    private const long LifetimeMilliseconds = 1000;
    private const int RouteProtocol = 0; // NETLINK_ROUTE

    private readonly Dictionary<int, LinkDescription> _links = [];
    private long _filledAt;
    private bool _isFilled;

    /// <summary>The device; null where it is none of this namespace, or the source does not name it.</summary>
    public DropDevice? Find(in RawDrop drop)
    {
        if (drop.InterfaceIndex <= 0 || drop.InterfaceName.IsEmpty)
        {
            return null;
        }

        if (!_isFilled || Environment.TickCount64 - _filledAt > LifetimeMilliseconds)
        {
            Fill();
        }

        return _links.TryGetValue(drop.InterfaceIndex, out LinkDescription? link) && drop.InterfaceName.SequenceEqual(link.Name) ? link.Device : null;
    }

    private void Fill()
    {
        _filledAt = Environment.TickCount64;
        _isFilled = true;
        _links.Clear();
        try
        {
            using NetlinkConnection route = NetlinkConnection.Open(RouteProtocol);
            route.Execute(LinkDescription.Request(), (_, payload) =>
            {
                LinkDescription link = LinkDescription.Decode(payload);
                _links[link.Index] = link;
            });
        }
        catch (Exception error) when (error is NetlinkException or NetlinkFormatException or Native.SyscallException)
        {
            // What is not known answers no predicate.
        }
    }
}
