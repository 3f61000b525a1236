using System.Runtime.InteropServices;

namespace DropMon.Native;

/// <summary>
/// Receives many datagrams with one system call (recvmmsg(2)) into memory that is allocated once. Pages that no
/// datagram has touched cost nothing.
/// </summary>
internal sealed unsafe partial class DatagramBatch : IDisposable
{
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int Truncated = 0x20; // MSG_TRUNC

    private readonly int _count;
    private readonly int _datagramSize;
    private BatchEntry* _entries;
    private IoVector* _vectors;
    private byte* _buffers;

    /// <summary>Allocates room for <paramref name="count"/> datagrams of at most <paramref name="datagramSize"/> bytes each.</summary>
    public DatagramBatch(int count, int datagramSize)
    {
        _count = count;
        _datagramSize = datagramSize;
        _entries = (BatchEntry*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(BatchEntry));
        _vectors = (IoVector*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(IoVector));
        _buffers = (byte*)NativeMemory.Alloc((nuint)count, (nuint)datagramSize);
        for (int i = 0; i < count; i++)
        {
            _vectors[i] = new IoVector { Base = _buffers + ((nint)i * datagramSize), Length = (nuint)datagramSize };
            _entries[i].Header.Vector = _vectors + i;
            _entries[i].Header.VectorCount = 1;
        }
    }

    ~DatagramBatch() => Free();

    /// <summary>How many datagrams fit.</summary>
    public int Capacity => _count;

    /// <summary>Receives what is there, without waiting.</summary>
    /// <returns>How many datagrams; 0 when none is there; minus the error number when the call failed.</returns>
    public int Receive(SafeFileDescriptor socket)
    {
        while (true)
        {
            int received = ReceiveMany(socket, _entries, (uint)_count, DontWait, null);
            if (received >= 0)
            {
                return received;
            }

            int errno = Marshal.GetLastPInvokeError();
            if (errno != Errno.EINTR)
            {
                return errno == Errno.EAGAIN ? 0 : -errno;
            }
        }
    }

    /// <summary>The bytes of a received datagram.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <param name="wasTruncated">True when the datagram was longer than its room.</param>
    public ReadOnlySpan<byte> Datagram(int index, out bool wasTruncated)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count);
        wasTruncated = (_entries[index].Header.Flags & Truncated) != 0;
        return new ReadOnlySpan<byte>(_vectors[index].Base, (int)Math.Min(_entries[index].Received, (uint)_datagramSize));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_entries);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_buffers);
        _entries = null;
        _vectors = null;
        _buffers = null;
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    private static partial int ReceiveMany(SafeFileDescriptor socket, BatchEntry* entries, uint count, int flags, void* timeout);

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
        public void* Name;
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
        public uint Received;
    }
}
