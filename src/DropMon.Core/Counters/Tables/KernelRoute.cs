using System.Net;

namespace DropMon.Counters.Tables;

/// <summary>The way that the kernel chooses for a packet of this host (RTM_GETROUTE).</summary>
/// <param name="Device">The index of the device that it leaves by; 0 where there is none.</param>
/// <param name="Gateway">The next hop; null where the destination is on the link.</param>
/// <param name="Type">RTN_*: unicast, local, broadcast, ...</param>
/// <param name="Table">The table that has the route.</param>
internal sealed record KernelRoute(int Device, IPAddress? Gateway, byte Type, uint Table)
{
    private static readonly string[] Types =
    [
        "unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw", "nat",
        "xresolve"
    ];

    public string TypeName => Type < Types.Length ? Types[Type] : $"type {Type}";
}
