using DropMon.Native;

namespace DropMon.Sources.Tracepoint;

/// <summary>
/// Reads the records of one perf ring. The kernel writes at data_head, the reader gives room back by moving data_tail;
/// both only ever grow, and their lower bits are the place in the ring (struct perf_event_mmap_page).
/// </summary>
internal sealed unsafe class PerfRing : IDisposable
{
    public const uint RecordLost = 2; // PERF_RECORD_LOST
    public const uint RecordSample = 9; // PERF_RECORD_SAMPLE

    private const int HeadOffset = 1024; // data_head
    private const int TailOffset = 1032; // data_tail
    private const int RecordHeaderSize = 8; // struct perf_event_header
    private const ulong Unaligned = 7;
    private const int MaximumRecordSize = ushort.MaxValue;

    private readonly MemoryMapping _mapping;
    private readonly byte* _control;
    private readonly byte* _data;
    private readonly ulong _mask;
    private readonly byte[] _wrapped = new byte[MaximumRecordSize + 1];
    private ulong _position;
    private ulong _head;

    /// <summary>Maps a ring for an event.</summary>
    /// <param name="descriptor">The event.</param>
    /// <param name="dataSize">Bytes for records: a power of two, a multiple of the page size.</param>
    public PerfRing(SafeFileDescriptor descriptor, int dataSize)
    {
        _mapping = new MemoryMapping(descriptor, (nuint)(Environment.SystemPageSize + dataSize), "a perf ring");
        _control = _mapping.Address;
        _data = _control + Environment.SystemPageSize;
        _mask = (ulong)dataSize - 1;
    }

    /// <summary>Looks how far the kernel has written. Call before a run of <see cref="TryRead"/>.</summary>
    public void Begin()
    {
        _head = Volatile.Read(ref *(ulong*)(_control + HeadOffset));
        _position = *(ulong*)(_control + TailOffset);
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="type">Its type (PERF_RECORD_*).</param>
    /// <param name="body">The bytes behind its header, valid until <see cref="Release"/>.</param>
    /// <returns>False when all that was written at <see cref="Begin"/> is read, or the ring is corrupt.</returns>
    public bool TryRead(out uint type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        ulong available = _head - _position;
        if (available == 0)
        {
            return false;
        }

        // Records are multiples of eight bytes and a ring holds no more than its size, so a header never wraps.
        if (available < RecordHeaderSize || available > _mask + 1 || (_position & Unaligned) != 0)
        {
            return GiveUp();
        }

        byte* header = _data + (_position & _mask);
        int size = *(ushort*)(header + 6);
        if (size < RecordHeaderSize || (ulong)size > available || ((ulong)size & Unaligned) != 0)
        {
            return GiveUp();
        }

        type = *(uint*)header;
        body = Span(_position + RecordHeaderSize, size - RecordHeaderSize);
        _position += (ulong)size;
        return true;
    }

    /// <summary>How often a record's length, or the kernel's position, made no sense; the rest of that run was given up.</summary>
    public int Corruptions { get; private set; }

    /// <summary>Whether enough was read since the last release to be worth giving back.</summary>
    public bool HoldsMuch => _position - *(ulong*)(_control + TailOffset) > (_mask >> 3);

    /// <summary>Gives the room of all records read back to the kernel.</summary>
    public void Release() => Volatile.Write(ref *(ulong*)(_control + TailOffset), _position);

    /// <summary>Gives everything back unread.</summary>
    public void Discard()
    {
        Begin();
        _position = _head;
        Release();
    }

    public void Dispose() => _mapping.Dispose();

    private bool GiveUp()
    {
        Corruptions++;
        _position = _head;
        return false;
    }

    private ReadOnlySpan<byte> Span(ulong position, int length)
    {
        int start = (int)(position & _mask);
        int untilEnd = (int)(_mask + 1) - start;
        if (length <= untilEnd)
        {
            return new ReadOnlySpan<byte>(_data + start, length);
        }

        new ReadOnlySpan<byte>(_data + start, untilEnd).CopyTo(_wrapped);
        new ReadOnlySpan<byte>(_data, length - untilEnd).CopyTo(_wrapped.AsSpan(untilEnd));
        return _wrapped.AsSpan(0, length);
    }
}
