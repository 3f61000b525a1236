using System.Runtime.InteropServices;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>The packet sockets of this thread's network namespace, by sock_diag.</summary>
internal sealed class PacketSocketTable(Func<NetlinkConnection> diagnostics)
{
    public const string Source = "sock_diag packet";

    private const ushort ByFamily = 20; // SOCK_DIAG_BY_FAMILY
    private const byte PacketFamily = 17; // AF_PACKET
    private const uint Show = 0x1 | 0x4 | 0x10; // PACKET_SHOW_INFO, PACKET_SHOW_RING_CFG, PACKET_SHOW_MEMINFO
    private const ushort Information = 0; // PACKET_DIAG_INFO
    private const ushort ReceiveRing = 2; // PACKET_DIAG_RX_RING
    private const ushort MemoryInformation = 6; // PACKET_DIAG_MEMINFO
    private const int MessageSize = 16; // struct packet_diag_msg

    /// <exception cref="DropMonException">The kernel does not show them.</exception>
    public List<PacketSocket> Read()
    {
        var sockets = new List<PacketSocket>();
        NetlinkRequest request = new NetlinkRequest(
            ByFamily, NetlinkFlags.Dump, "Reading the packet sockets").AddHeader(new Query { Family = PacketFamily, Show = Show });
        try
        {
            diagnostics().Execute(request, (_, payload) => sockets.Add(Decode(payload)));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            throw new CounterSourceException(
                DropMonErrorKind.NotSupported,
                "This kernel does not show packet sockets: its module af_packet_diag is neither built in nor loaded.",
                "modprobe af_packet_diag",
                error);
        }

        return sockets;
    }

    /// <exception cref="NetlinkFormatException">It is too short.</exception>
    public static PacketSocket Decode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MessageSize)
        {
            throw new NetlinkFormatException("The kernel's description of a packet socket is too short.");
        }

        // pdiag_num, which the kernel has turned to host order, and pdiag_ino.
        var socket = new PacketSocket(
            MemoryMarshal.Read<ushort>(payload[2..]), MemoryMarshal.Read<uint>(payload[4..]), null, false, 0, null);
        var reader = new AttributeReader(payload[MessageSize..]);
        while (reader.MoveNext())
        {
            socket = reader.Type switch
            {
                // pdi_index
                Information when reader.Value.Length >= sizeof(int) => socket with { Device = MemoryMarshal.Read<int>(reader.Value) },
                ReceiveRing when reader.Value.Length >= 2 * sizeof(uint) => socket with
                {
                    HasRing = true,
                    // pdr_block_size, pdr_block_nr
                    RingBytes = MemoryMarshal.Read<uint>(reader.Value) * (long)MemoryMarshal.Read<uint>(reader.Value[4..]),
                },
                MemoryInformation when SocketMemory.TryRead(reader.Value, out SocketMemory memory) => socket with { Memory = memory },
                _ => socket,
            };
        }

        return socket;
    }

    /// <summary>struct packet_diag_req.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Query
    {
        public byte Family;
        public byte Protocol;
        public ushort Padding;
        public uint Inode;
        public uint Show;
        public uint Cookie1;
        public uint Cookie2;
    }
}
