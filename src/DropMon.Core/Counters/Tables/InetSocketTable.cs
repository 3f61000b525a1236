using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using DropMon.Machine;
using DropMon.Native;
using DropMon.Netlink;

namespace DropMon.Counters.Tables;

/// <summary>
/// UDP, raw and listening TCP sockets of this thread's network namespace, both IP versions, by sock_diag. Where the kernel's module for
/// that is missing, /proc/net/udp and its like show less of the same.
/// </summary>
internal sealed class InetSocketTable(IMachine machine, Func<NetlinkConnection> diagnostics, InetProtocol protocol)
{
    private const ushort ByFamily = 20; // SOCK_DIAG_BY_FAMILY
    private const byte Version4 = 2; // AF_INET
    private const byte Version6 = 10; // AF_INET6
    private const ushort MemoryInformation = 7; // INET_DIAG_SKMEMINFO
    private const ushort Version6Only = 11; // INET_DIAG_SKV6ONLY
    private const int MessageSize = 72; // struct inet_diag_msg
    private const uint Listening = 1 << 10; // TCP_LISTEN

    private readonly string _name = protocol.ToString().ToLowerInvariant();

    /// <summary>Where the sockets were read from, for the reader to repeat: the facility, or the files.</summary>
    public string Source { get; private set; } = $"sock_diag {protocol.ToString().ToLowerInvariant()}";

    /// <summary>Reads the sockets.</summary>
    /// <exception cref="DropMonException">Neither sock_diag nor /proc shows them.</exception>
    public List<InetSocket> Read()
    {
        var sockets = new List<InetSocket>();
        try
        {
            Ask(Version4, sockets);
            Ask(Version6, sockets);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EOPNOTSUPP)
        {
            Source = $"/proc/net/{_name}, /proc/net/{_name}6";
            string[] texts = [ReadFile(_name, error), ReadFile(_name + "6", null)];
            sockets = [.. ProcNetSockets.Parse(_name, texts[0]), .. ProcNetSockets.Parse(_name + "6", texts[1])];
        }

        return sockets;
    }

    /// <exception cref="NetlinkFormatException">It is too short.</exception>
    public static InetSocket Decode(ReadOnlySpan<byte> payload, InetProtocol protocol)
    {
        if (payload.Length < MessageSize)
        {
            throw new NetlinkFormatException("The kernel's description of a socket is too short.");
        }

        bool isVersion6 = payload[0] == Version6;
        bool listens = protocol == InetProtocol.Tcp;
        int length = isVersion6 ? 16 : 4;
        SocketMemory? memory = null;
        bool? isVersion6Only = null;
        var reader = new AttributeReader(payload[MessageSize..]);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                // A socket that is closing shows no memory.
                case MemoryInformation when SocketMemory.TryRead(reader.Value, out SocketMemory read):
                    memory = read;
                    break;
                case Version6Only:
                    isVersion6Only = reader.ReadByte() != 0;
                    break;
            }
        }

        int remotePort = BinaryPrimitives.ReadUInt16BigEndian(payload[6..]); // idiag_dport
        return new InetSocket(
            protocol.ToString().ToLowerInvariant() + (isVersion6 ? "6" : ""),
            new IPAddress(payload.Slice(8, length)), // idiag_src
            BinaryPrimitives.ReadUInt16BigEndian(payload[4..]), // idiag_sport
            remotePort,
            payload[1], // idiag_state
            listens ? MemoryMarshal.Read<uint>(payload[56..]) : memory?.Allocated ?? 0, // idiag_rqueue
            MemoryMarshal.Read<uint>(payload[68..]), // idiag_inode
            memory?.Drops)
        {
            RemoteAddress = remotePort == 0 ? null : new IPAddress(payload.Slice(24, length)), // idiag_dst
            Device = MemoryMarshal.Read<int>(payload[40..]), // idiag_if
            IsVersion6Only = isVersion6Only,
            QueueLimit = listens ? MemoryMarshal.Read<uint>(payload[60..]) : memory?.ReceiveBuffer, // idiag_wqueue
        };
    }

    private void Ask(byte family, List<InetSocket> sockets)
    {
        var query = new Query
        {
            Family = family,
            Protocol = (byte)protocol,
            Extensions = 1 << (MemoryInformation - 1),
            States = protocol == InetProtocol.Tcp ? Listening : uint.MaxValue,
        };
        NetlinkRequest request = new NetlinkRequest(ByFamily, NetlinkFlags.Dump, $"Reading the {protocol} sockets").AddHeader(query);
        diagnostics().Execute(request, (_, payload) => sockets.Add(Decode(payload, protocol)));
    }

    // A kernel without IPv6 has no file for it.
    private string ReadFile(string name, NetlinkException? error) =>
        machine.ReadFile($"/proc/thread-self/net/{name}") ?? (error is null ? "" : throw error);

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
