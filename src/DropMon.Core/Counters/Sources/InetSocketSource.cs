using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using DropMon.Machine;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Counters.Sources;

/// <summary>
/// UDP, raw and listening TCP sockets of both IP versions with what each has dropped, by sock_diag (SK_MEMINFO_DROPS). Where the kernel's module for
/// that is missing, /proc/net/udp and raw tell the same; for TCP nothing else does.
/// </summary>
internal sealed class InetSocketSource(IMachine machine, Func<NetlinkConnection> diagnostics, SocketProcesses processes, InetSocketSource.Kind kind) : IDropCounterSource
{
    private const ushort ByFamily = 20; // SOCK_DIAG_BY_FAMILY
    private const byte Version4 = 2; // AF_INET
    private const byte Version6 = 10; // AF_INET6
    private const ushort MemoryInformation = 7; // INET_DIAG_SKMEMINFO
    private const int MessageSize = 72; // struct inet_diag_msg
    private const uint Listening = 1 << 10; // TCP_LISTEN

    /// <summary>A kind of socket: its IP protocol.</summary>
    internal enum Kind : byte
    {
        Tcp = 6,
        Udp = 17,
        Raw = 255,
    }

    private readonly string _protocol = kind.ToString().ToLowerInvariant();

    public string Name { get; } = $"sock_diag {kind.ToString().ToLowerInvariant()}";

    private DropClass Class => kind switch { Kind.Tcp => DropClass.Tcp, Kind.Udp => DropClass.Udp, _ => DropClass.Socket };

    public IEnumerable<CounterReading> Read()
    {
        var readings = new List<CounterReading>();
        try
        {
            Ask(Version4, readings);
            Ask(Version6, readings);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EOPNOTSUPP)
        {
            if (kind == Kind.Tcp)
            {
                throw new CounterSourceException(
                    DropMonErrorKind.NotSupported,
                    "This kernel does not tell of listening sockets: its module tcp_diag is neither built in nor loaded.",
                    "modprobe tcp_diag",
                    error);
            }

            readings.Clear();
            ReadFile(_protocol, readings);
            ReadFile(_protocol + "6", readings);
        }

        return readings;
    }

    private void Ask(byte family, List<CounterReading> readings)
    {
        var query = new Query
        {
            Family = family,
            Protocol = (byte)kind,
            Extensions = 1 << (MemoryInformation - 1),
            States = kind == Kind.Tcp ? Listening : uint.MaxValue,
        };
        NetlinkRequest request = new NetlinkRequest(ByFamily, NetlinkFlags.Dump, $"Reading the drops of {kind} sockets").AddHeader(query);
        diagnostics().Execute(request, (_, payload) => Add(Decode(payload), readings));
    }

    private void ReadFile(string protocol, List<CounterReading> readings)
    {
        foreach (InetSocket socket in ProcNetSockets.Parse(protocol, machine.ReadFile($"{ProcNet.Folder}/{protocol}") ?? ""))
        {
            var found = new DropCounterSocket
            {
                Protocol = protocol, LocalAddress = socket.LocalAddress, LocalPort = socket.LocalPort, ReceiveQueue = socket.ReceiveQueue, Inode = socket.Inode,
            };
            Add(new CounterReading(SocketMemory.Counter, socket.Drops ?? 0) { Socket = found, Class = Class }, readings);
        }
    }

    private void Add(CounterReading? reading, List<CounterReading> readings)
    {
        if (reading is not null)
        {
            readings.Add(reading.Value > 0 ? reading with { Socket = processes.Name(reading.Socket!) } : reading);
        }
    }

    internal CounterReading? Decode(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MessageSize)
        {
            throw new NetlinkFormatException("The kernel's description of a socket is too short.");
        }

        bool isVersion6 = payload[0] == Version6;
        var reader = new AttributeReader(payload[MessageSize..]);
        while (reader.MoveNext())
        {
            if (reader.Type == MemoryInformation && SocketMemory.TryRead(reader.Value, out SocketMemory memory))
            {
                bool listens = kind == Kind.Tcp;
                var socket = new DropCounterSocket
                {
                    Protocol = isVersion6 ? _protocol + "6" : _protocol,
                    LocalPort = BinaryPrimitives.ReadUInt16BigEndian(payload[4..]), // idiag_sport
                    LocalAddress = new IPAddress(payload.Slice(8, isVersion6 ? 16 : 4)), // idiag_src
                    ReceiveQueue = listens ? MemoryMarshal.Read<uint>(payload[56..]) : memory.Allocated, // idiag_rqueue
                    ReceiveQueueLimit = listens ? MemoryMarshal.Read<uint>(payload[60..]) : memory.ReceiveBuffer, // idiag_wqueue
                    Inode = MemoryMarshal.Read<uint>(payload[68..]), // idiag_inode
                };
                return new CounterReading(SocketMemory.Counter, memory.Drops) { Socket = socket, Class = Class };
            }
        }

        // A socket that is closing shows no memory.
        return null;
    }

    /// <summary>struct inet_diag_req_v2, with an empty struct inet_diag_sockid behind it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 56)]
    private struct Query
    {
        public byte Family;
        public byte Protocol;
        public byte Extensions;
        public byte Padding;
        public uint States;
    }
}
