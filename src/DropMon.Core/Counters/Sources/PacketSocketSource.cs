using System.Runtime.InteropServices;
using DropMon.Machine;
using DropMon.Native;
using DropMon.Netlink;
using DropMon.Packets;

namespace DropMon.Counters.Sources;

/// <summary>Packet sockets (captures, DHCP clients) with what each has dropped, by sock_diag.</summary>
internal sealed class PacketSocketSource(Func<NetlinkConnection> diagnostics, SocketProcesses processes) : IDropCounterSource
{
    private const ushort ByFamily = 20; // SOCK_DIAG_BY_FAMILY
    private const byte PacketFamily = 17; // AF_PACKET
    private const uint ShowMemory = 0x10; // PACKET_SHOW_MEMINFO
    private const ushort MemoryInformation = 6; // PACKET_DIAG_MEMINFO
    private const int MessageSize = 16; // struct packet_diag_msg

    public string Name => "sock_diag packet";

    public IEnumerable<CounterReading> Read()
    {
        var readings = new List<CounterReading>();
        NetlinkRequest request = new NetlinkRequest(ByFamily, NetlinkFlags.Dump, "Reading the drops of packet sockets")
            .AddHeader(new Query { Family = PacketFamily, Show = ShowMemory });
        try
        {
            diagnostics().Execute(request, (_, payload) => Add(Decode(payload), readings));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            throw new CounterSourceException(
                DropMonErrorKind.NotSupported,
                "This kernel does not tell of packet sockets: its module af_packet_diag is neither built in nor loaded.",
                "modprobe af_packet_diag",
                error);
        }

        return readings;
    }

    internal static CounterReading? Decode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MessageSize)
        {
            throw new NetlinkFormatException("The kernel's description of a packet socket is too short.");
        }

        var reader = new AttributeReader(payload[MessageSize..]);
        while (reader.MoveNext())
        {
            if (reader.Type == MemoryInformation && SocketMemory.TryRead(reader.Value, out SocketMemory memory))
            {
                return new CounterReading(SocketMemory.Counter, memory.Drops)
                {
                    Socket = new DropCounterSocket
                    {
                        Protocol = "packet",
                        LocalPort = MemoryMarshal.Read<ushort>(payload[2..]), // pdiag_num, which the kernel has turned to host order
                        Inode = MemoryMarshal.Read<uint>(payload[4..]), // pdiag_ino
                        ReceiveQueue = memory.Allocated,
                        ReceiveQueueLimit = memory.ReceiveBuffer,
                    },
                };
            }
        }

        return null;
    }

    private void Add(CounterReading? reading, List<CounterReading> readings)
    {
        if (reading is not null)
        {
            readings.Add(reading.Value > 0 ? reading with { Socket = processes.Name(reading.Socket!) } : reading);
        }
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
