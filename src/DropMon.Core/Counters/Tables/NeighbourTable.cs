using System.Net;
using System.Runtime.InteropServices;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>
/// The neighbours of this network namespace, of IPv4 and IPv6 (RTM_GETNEIGH). Without those that need no resolving, as <c>ip neigh</c>
/// shows them.
/// </summary>
internal sealed class NeighbourTable(Func<NetlinkConnection> route)
{
    public const string Source = "rtnetlink RTM_GETNEIGH";

    private const ushort GetNeighbours = 30; // RTM_GETNEIGH
    private const ushort NeighbourAddress = 1; // NDA_DST
    private const ushort NeedsNoResolving = 0x40; // NUD_NOARP

    public IReadOnlyList<KernelNeighbour> Read()
    {
        var neighbours = new List<KernelNeighbour>();
        route().Execute(
            new NetlinkRequest(GetNeighbours, NetlinkFlags.Dump, "Reading the neighbours").AddHeader(default(NeighbourHeader)),
            (_, payload) =>
            {
                if (Decode(payload) is { } neighbour && (neighbour.State & ~NeedsNoResolving) != 0)
                {
                    neighbours.Add(neighbour);
                }
            });
        return neighbours;
    }

    /// <summary>One entry; null where it is of neither IPv4 nor IPv6.</summary>
    internal static KernelNeighbour? Decode(ReadOnlySpan<byte> payload)
    {
        if (!MemoryMarshal.TryRead(payload, out NeighbourHeader header))
        {
            throw new NetlinkFormatException("The kernel's description of a neighbour is too short.");
        }

        IPAddress? address = null;
        var reader = new AttributeReader(payload[Marshal.SizeOf<NeighbourHeader>()..]);
        while (reader.MoveNext())
        {
            if (reader.Type == NeighbourAddress)
            {
                address = RouteQuestion.AddressOf(reader.Value);
            }
        }

        return reader.IsMalformed ? throw new NetlinkFormatException("The kernel's description of a neighbour is malformed.")
            : address is null ? null
            : new KernelNeighbour(header.Device, address, header.State);
    }

    /// <summary>struct ndmsg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct NeighbourHeader
    {
        public byte Family;
        public byte Padding1;
        public ushort Padding2;
        public int Device;
        public ushort State;
        public byte Flags;
        public byte Type;
    }
}
