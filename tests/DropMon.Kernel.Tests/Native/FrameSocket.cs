using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>Sends whole frames, whatever is in them: a packet socket that receives nothing (packet(7)).</summary>
internal sealed unsafe partial class FrameSocket : IDisposable
{
    private const int PacketFamily = 17; // AF_PACKET
    private const int Raw = 3; // SOCK_RAW

    private readonly SafeFileDescriptor _socket;
    private readonly int _interface;

    /// <summary>Opens one in the calling thread's network namespace.</summary>
    public FrameSocket(string interfaceName)
    {
        int descriptor = Socket(PacketFamily, Raw, 0);
        if (descriptor < 0)
        {
            throw new Win32Exception();
        }

        _socket = new SafeFileDescriptor(descriptor);
        _interface = (int)IndexOf(interfaceName);
    }

    public void Send(ReadOnlySpan<byte> frame)
    {
        var address = new Address { Family = PacketFamily, Protocol = BinaryPrimitives.ReverseEndianness((ushort)0x0003), Interface = _interface, AddressLength = 6 };
        fixed (byte* bytes = frame)
        {
            if (SendTo(_socket, bytes, (nuint)frame.Length, 0, address, sizeof(Address)) < 0)
            {
                throw new Win32Exception();
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint IndexOf(string name);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(SafeFileDescriptor socket, byte* bytes, nuint length, int flags, in Address address, int addressLength);

    /// <summary>struct sockaddr_ll.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        public ushort Family;
        public ushort Protocol;
        public int Interface;
        public ushort HardwareType;
        public byte PacketType;
        public byte AddressLength;
        public ulong Hardware;
    }
}
