using DropMon.Native;

namespace DropMon.Tracepoint;

/// <summary>
/// Reads the records of one perf ring. The kernel writes at data_head, the reader gives room back by moving data_tail;
/// both only ever grow, and their lower bits are the place in the ring (struct perf_event_mmap_page).
/// </summary>
internal sealed unsafe class PerfRing : IDisposable
{
    private const int HeadOffset = 1024; // data_head
    private const int TailOffset = 1032; // data_tail
    private const int RecordHeaderSize = 8; // struct perf_event_header
    private const int MaximumRecordSize = ushort.MaxValue;

    private readonly MemoryMapping _mapping;
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
        _mapping = new MemoryMapping(descriptor, (nuint)(Environment.SystemPageSize + dataSize));
        _data = _mapping.Address + Environment.SystemPageSize;
        _mask = (ulong)dataSize - 1;
    }

    /// <summary>Looks how far the kernel has written. Call before a run of <see cref="TryRead"/>.</summary>
    public void Begin()
    {
        _head = Volatile.Read(ref *(ulong*)(_mapping.Address + HeadOffset));
        _position = *(ulong*)(_mapping.Address + TailOffset);
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="type">Its type (PERF_RECORD_*).</param>
    /// <param name="body">The bytes behind its header, valid until <see cref="Release"/>.</param>
    /// <returns>False when all that was written at <see cref="Begin"/> is read, or the ring is corrupt.</returns>
    public bool TryRead(out uint type, out ReadOnlySpan<byte> body)
    {
        ulong available = _head - _position;
        type = 0;
        body = default;
        if (available < RecordHeaderSize)
        {
            return false;
        }

        // Positions or lengths that make no sense must not lead outside of the mapping.
        if (available > _mask + 1 || (_position & (RecordHeaderSize - 1)) != 0)
        {
            GiveUp();
            return false;
        }

        // Records are multiples of eight bytes, so a header never wraps.
        byte* header = _data + (_position & _mask);
        type = *(uint*)header;
        int size = *(ushort*)(header + 6);
        if (size < RecordHeaderSize || (ulong)size > available)
        {
            GiveUp();
            return false;
        }

        body = Span(_position + RecordHeaderSize, size - RecordHeaderSize);
        _position += (ulong)size;
        return true;
    }

    /// <summary>Whether a position or a record's length made no sense; the rest of that run was given up.</summary>
    public bool IsCorrupt { get; private set; }

    /// <summary>Whether enough was read since the last release to be worth giving back.</summary>
    public bool HoldsMuch => _position - *(ulong*)(_mapping.Address + TailOffset) > (_mask >> 3);

    /// <summary>Gives the room of all records read back to the kernel.</summary>
    public void Release() => Volatile.Write(ref *(ulong*)(_mapping.Address + TailOffset), _position);

    /// <summary>Gives everything back unread.</summary>
    public void Discard()
    {
        Begin();
        _position = _head;
        Release();
    }

    public void Dispose() => _mapping.Dispose();

    private void GiveUp()
    {
        IsCorrupt = true;
        _position = _head;
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
