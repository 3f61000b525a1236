using System.ComponentModel;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>An interface as packet sockets name it (struct sockaddr_ll, packet(7)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal partial struct PacketAddress
{
    private const ushort PacketFamily = 17; // AF_PACKET
    private const int Raw = 3; // SOCK_RAW

    public ushort Family;
    public ushort Protocol;
    public int Interface;
    public ushort HardwareType;
    public byte PacketType;
    public byte AddressLength;
    public ulong Hardware;

    /// <summary>An interface of the calling thread's network namespace.</summary>
    public static PacketAddress Of(string interfaceName, ushort protocol) =>
        new() { Family = PacketFamily, Protocol = protocol, Interface = (int)IndexOf(interfaceName), AddressLength = 6 };

    /// <summary>A packet socket in the calling thread's network namespace that takes whole frames.</summary>
    /// <param name="protocol">What it receives, in network byte order; 0 for nothing.</param>
    public static SafeFileDescriptor OpenSocket(ushort protocol)
    {
        int descriptor = Socket(PacketFamily, Raw, protocol);
        return new SafeFileDescriptor(descriptor < 0 ? throw new Win32Exception() : descriptor);
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint IndexOf(string name);
}
