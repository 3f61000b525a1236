using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace DropMon.Bench.Sender.Native;

/// <summary>The same datagram many times with one system call (sendmmsg(2)).</summary>
internal sealed unsafe partial class DatagramBatch : IDisposable
{
    private const ushort AddressFamily = 2; // AF_INET
    private const uint Loopback = 0x7f000001;

    private readonly byte* _payload;
    private readonly InternetAddress* _address;
    private readonly IoVector* _vector;
    private readonly BatchEntry* _entries;

    public DatagramBatch(int count, int size, ushort port)
    {
        _payload = (byte*)NativeMemory.AllocZeroed((nuint)size);
        _address = (InternetAddress*)NativeMemory.AllocZeroed((nuint)sizeof(InternetAddress));
        _vector = (IoVector*)NativeMemory.AllocZeroed((nuint)sizeof(IoVector));
        _entries = (BatchEntry*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(BatchEntry));
        *_address = new InternetAddress
        {
            Family = AddressFamily,
            Port = BinaryPrimitives.ReverseEndianness(port),
            Address = BinaryPrimitives.ReverseEndianness(Loopback),
        };
        *_vector = new IoVector { Base = _payload, Length = (nuint)size };
        for (int i = 0; i < count; i++)
        {
            _entries[i].Header.Name = _address;
            _entries[i].Header.NameLength = (uint)sizeof(InternetAddress);
            _entries[i].Header.Vector = _vector;
            _entries[i].Header.VectorCount = 1;
        }
    }

    /// <summary>Sends <paramref name="count"/> datagrams and says how many went.</summary>
    public int Send(int socket, int count)
    {
        int sent = SendMany(socket, _entries, (uint)count, 0);
        return sent >= 0 ? sent : throw new Win32Exception(Marshal.GetLastPInvokeError(), "sendmmsg failed.");
    }

    public void Dispose()
    {
        NativeMemory.Free(_entries);
        NativeMemory.Free(_vector);
        NativeMemory.Free(_address);
        NativeMemory.Free(_payload);
    }

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static partial int SendMany(int socket, BatchEntry* entries, uint count, int flags);

    /// <summary>struct sockaddr_in.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct InternetAddress
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
        public ulong Padding;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public InternetAddress* Name;
        public uint NameLength;
        public IoVector* Vector;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BatchEntry
    {
        public MessageHeader Header;
        public uint Sent;
    }
}
