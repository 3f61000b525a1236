using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using DropMon.Native;

namespace DropMon.KernelTests.Native;

/// <summary>Sends whole frames, whatever is in them: a packet socket that receives nothing (packet(7)).</summary>
internal sealed unsafe partial class FrameSocket : IDisposable
{
    private readonly SafeFileDescriptor _socket;
    private readonly PacketAddress _address;

    /// <summary>Opens one in the calling thread's network namespace.</summary>
    public FrameSocket(string interfaceName)
    {
        _socket = PacketAddress.OpenSocket(protocol: 0);
        _address = PacketAddress.Of(interfaceName, BinaryPrimitives.ReverseEndianness((ushort)0x0003));
    }

    public void Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            if (SendTo(_socket, bytes, (nuint)frame.Length, 0, _address, sizeof(PacketAddress)) < 0)
            {
                throw new Win32Exception();
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(SafeFileDescriptor socket, byte* bytes, nuint length, int flags, in PacketAddress address,
        int addressLength);
}
