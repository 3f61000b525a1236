using System.Net;
using System.Net.Sockets;
using DropMon.Counters.Tables;
using DropMon.Machine;

namespace DropMon.Evidence;

/// <summary>
/// Whether a socket on the packet's port would take the packet, by what the kernel compares: family, address, device, peer.
/// </summary>
/// <param name="Takes">Whether it would; null where something that the kernel compares is not known.</param>
/// <param name="Why">Why not, or what is not known.</param>
internal sealed record SocketFit(bool? Takes, string? Why)
{
    private static readonly SocketFit Fits = new(true, null);

    public static SocketFit Of(InetSocket socket, EvidenceQuery query, TableReading<KernelLink> links, IMachine machine)
    {
        SocketFit[] parts = [Family(socket, query), Address(socket, query), Device(socket, query, links, machine), Peer(socket, query)];
        return parts.FirstOrDefault(part => part.Takes == false) ?? parts.FirstOrDefault(part => part.Takes is null) ?? Fits;
    }

    private static SocketFit Family(InetSocket socket, EvidenceQuery query) =>
        (query.DestinationAddress?.AddressFamily, socket.IsVersion6, socket.IsVersion6Only) switch
        {
            (null, _, _) => new(null, "the packet's address is not known"),
            (AddressFamily.InterNetworkV6, false, _) => new(false, "it is a socket of IPv4, and the packet is IPv6"),
            (AddressFamily.InterNetwork, true, true) => new(false, "it takes IPv6 only (IPV6_V6ONLY), and the packet is IPv4"),
            (AddressFamily.InterNetwork, true, null) => new(null, "whether it takes IPv4 is not known"),
            _ => Fits,
        };

    // Without the packet's address the family is not known either, and says so.
    private static SocketFit Address(InetSocket socket, EvidenceQuery query) =>
        query.DestinationAddress is not { } destination
        || socket.LocalAddress.Equals(IPAddress.Any)
        || socket.LocalAddress.Equals(IPAddress.IPv6Any)
        || WithoutScope(socket.LocalAddress).Equals(WithoutScope(destination))
            ? Fits
            : new(false, $"it is bound to {socket.LocalAddress}, not to {destination}");

    // inet_bound_dev_eq: the packet has the device that it came by and, behind a VRF, the VRF.
    private static SocketFit Device(InetSocket socket, EvidenceQuery query, TableReading<KernelLink> links, IMachine machine)
    {
        if (socket.Device is not { } bound)
        {
            return new(null, "whether it is bound to a device is not known");
        }

        KernelLink? came = query.InterfaceName is { } name ? links.Rows.FirstOrDefault(link => link.Name == name) : null;
        KernelLink? vrf = came is null ? null : came.IsVrf
            ? came : links.Rows.FirstOrDefault(link => link.Index == came.Master && link.IsVrf);
        if (bound == 0)
        {
            return vrf is null ? Fits : Vrf(socket, vrf, machine);
        }

        KernelLink? device = links.Rows.FirstOrDefault(link => link.Index == bound);
        string boundName = device?.SafeName ?? $"number {bound}";
        if (came is null)
        {
            return new(null, $"it is bound to the device {boundName}, and the device that the packet came by is not known");
        }

        if (came.Index == bound || vrf?.Index == bound)
        {
            return Fits;
        }

        return came.IsVrf && device?.Master == came.Index
            ? new(null, $"it is bound to the device {boundName} of the VRF {came.SafeName}, and which of the VRF's devices the packet "
                + "came by is not known")
            : new(false, $"it is bound to the device {boundName}, and the packet came by {came.SafeName}");
    }

    private static SocketFit Vrf(InetSocket socket, KernelLink vrf, IMachine machine)
    {
        string setting = socket.IsUdp ? "udp_l3mdev_accept" : "tcp_l3mdev_accept";
        return machine.ReadNumber($"/proc/sys/net/ipv4/{setting}") switch
        {
            0 => new(false, $"it is bound to no VRF, the packet came by the VRF {vrf.SafeName}, and net.ipv4.{setting} is 0"),
            null => new(null, $"it is bound to no VRF, the packet came by the VRF {vrf.SafeName}, and net.ipv4.{setting} cannot be read"),
            _ => Fits,
        };
    }

    // A datagram socket that is connected takes what its peer sends, and nothing else.
    private static SocketFit Peer(InetSocket socket, EvidenceQuery query)
    {
        if (socket.RemotePort == 0)
        {
            return Fits;
        }

        string peer = socket.RemoteAddress is { } address
            ? new IPEndPoint(address, socket.RemotePort).ToString() : $"one at port {socket.RemotePort}";
        bool differs = (query.SourcePort is { } port && port != socket.RemotePort)
            || (query.SourceAddress is { } source && socket.RemoteAddress is { } remote
                && !WithoutScope(source).Equals(WithoutScope(remote)));
        return differs ? new(false, $"it is connected to {peer}, and takes packets of that peer only")
            : query.SourcePort is null || query.SourceAddress is null || socket.RemoteAddress is null
                ? new(null, $"it is connected to {peer}, and takes packets of that peer only")
                : Fits;
    }

    private static IPAddress WithoutScope(IPAddress address) => new(address.MapToIPv6().GetAddressBytes());
}
