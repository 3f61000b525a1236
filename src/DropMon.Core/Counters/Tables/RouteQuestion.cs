using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>
/// Asks the kernel for the way to an address, as <c>ip route get</c> does. The packet's source, mark and device, which may choose another,
/// are not asked with.
/// </summary>
internal sealed class RouteQuestion(Func<NetlinkConnection> route)
{
    public const string Source = "rtnetlink RTM_GETROUTE";

    private const ushort GetRoute = 26; // RTM_GETROUTE
    private const ushort RouteDestination = 1; // RTA_DST
    private const ushort RouteDevice = 4; // RTA_OIF
    private const ushort RouteGateway = 5; // RTA_GATEWAY
    private const ushort RouteTable = 15; // RTA_TABLE
    private const ushort RouteVia = 18; // RTA_VIA: a gateway of another family
    private const uint LookupTable = 0x1000; // RTM_F_LOOKUP_TABLE: name the table of the route that was found
    private const byte Ipv4 = 2;
    private const byte Ipv6 = 10;

    public RouteReading Ask(IPAddress destination)
    {
        byte[] address = destination.GetAddressBytes();
        var header = new RouteHeader
        {
            Family = destination.AddressFamily == AddressFamily.InterNetworkV6 ? Ipv6 : Ipv4,
            DestinationLength = (byte)(address.Length * 8),
            Flags = LookupTable,
        };
        KernelRoute? found = null;
        try
        {
            route().Execute(
                new NetlinkRequest(GetRoute, NetlinkFlags.None, $"Looking up the route to {destination}")
                    .AddHeader(header)
                    .Add(RouteDestination, address),
                (_, payload) => found = Decode(payload));
        }
        catch (NetlinkException refused)
        {
            return new RouteReading(null, refused.Errno is Errno.ENETUNREACH or Errno.EHOSTUNREACH, refused.Message);
        }

        return new RouteReading(found, false, found is null ? "The kernel gave no route and no error." : null);
    }

    internal static KernelRoute Decode(ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out RouteHeader header))
        {
            throw new NetlinkFormatException("The kernel's description of a route is too short.");
        }

        var found = new KernelRoute(0, null, header.Type, header.Table);
        var reader = new AttributeReader(payload[Marshal.SizeOf<RouteHeader>()..]);
        while (reader.MoveNext())
        {
            found = reader.Type switch
            {
                RouteDevice => found with { Device = (int)reader.ReadUInt32() },
                RouteGateway => found with { Gateway = AddressOf(reader.Value) },
                RouteVia when reader.Value.Length > sizeof(ushort) => found with { Gateway = AddressOf(reader.Value[sizeof(ushort)..]) },
                RouteTable => found with { Table = reader.ReadUInt32() },
                _ => found,
            };
        }

        return reader.IsMalformed ? throw new NetlinkFormatException("The kernel's description of a route is malformed.") : found;
    }

    /// <summary>An address of IPv4 or IPv6; null for anything else.</summary>
    internal static IPAddress? AddressOf(ReadOnlySpan<byte> bytes) => bytes.Length is 4 or 16 ? new IPAddress(bytes) : null;

    /// <summary>struct rtmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RouteHeader
    {
        public byte Family;
        public byte DestinationLength;
        public byte SourceLength;
        public byte TypeOfService;
        public byte Table;
        public byte Protocol;
        public byte Scope;
        public byte Type;
        public uint Flags;
    }
}
