using System.ComponentModel;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>A packet socket with a ring of two frames that nothing reads (PACKET_RX_RING): every further packet finds it full.</summary>
internal sealed unsafe partial class PacketRing : IDisposable
{
    private const ushort EveryProtocol = 0x0300; // htons(ETH_P_ALL)
    private const int SolPacket = 263;
    private const int ReceiveRing = 5; // PACKET_RX_RING
    private const int Statistics = 6; // PACKET_STATISTICS

    private readonly SafeFileDescriptor _socket;

    /// <summary>Opens one on an interface of the calling thread's network namespace.</summary>
    public PacketRing(string interfaceName)
    {
        _socket = PacketAddress.OpenSocket(EveryProtocol);
        var ring = new Ring
        {
            BlockSize = (uint)Environment.SystemPageSize,
            Blocks = 1,
            FrameSize = (uint)Environment.SystemPageSize / 2,
            Frames = 2
        };
        PacketAddress address = PacketAddress.Of(interfaceName, EveryProtocol);
        if (SetOption(_socket, SolPacket, ReceiveRing, ring, sizeof(Ring)) < 0 || Bind(_socket, address, sizeof(PacketAddress)) < 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>How many packets the ring dropped since it was asked last, which only its owner can ask.</summary>
    public uint TakeDrops()
    {
        int length = sizeof(Counts);
        return GetOption(_socket, SolPacket, Statistics, out Counts counts, ref length) < 0 ? throw new Win32Exception() : counts.Drops;
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(SafeFileDescriptor socket, int level, int name, in Ring value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(SafeFileDescriptor socket, int level, int name, out Counts value, ref int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeFileDescriptor socket, in PacketAddress address, int length);

    /// <summary>struct tpacket_req.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Ring
    {
        public uint BlockSize;
        public uint Blocks;
        public uint FrameSize;
        public uint Frames;
    }

    /// <summary>struct tpacket_stats.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Counts
    {
        public uint Packets;
        public uint Drops;
    }
}
