using DropMon.Native;

namespace DropMon.Sources.Ebpf;

/// <summary>
/// Reads a BPF ring buffer (BPF_MAP_TYPE_RINGBUF). The kernel writes at the producer's position, the reader gives room back by moving the
/// consumer's; both only grow. The data is mapped twice in a row, so that no record wraps.
/// </summary>
internal sealed unsafe class BpfRing : IDisposable
{
    private const int HeaderSize = 8; // BPF_RINGBUF_HDR_SZ
    private const uint Busy = 1u << 31; // BPF_RINGBUF_BUSY_BIT
    private const uint Discarded = 1u << 30; // BPF_RINGBUF_DISCARD_BIT

    private readonly MemoryMapping _consumer;
    private readonly MemoryMapping _producer;
    private readonly ulong* _consumed;
    private readonly ulong* _produced;
    private readonly byte* _data;
    private readonly ulong _mask;
    private ulong _position;

    /// <param name="map">The ring.</param>
    /// <param name="size">Its bytes: a power of two, a multiple of the page size.</param>
    public BpfRing(SafeFileDescriptor map, int size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        _consumer = new MemoryMapping(map, page, "the reader's side of a BPF ring");
        try
        {
            _producer = new MemoryMapping(map, page + (2 * (nuint)size), "a BPF ring", offset: (nint)page, isWritable: false);
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }

        _consumed = (ulong*)_consumer.Address;
        _produced = (ulong*)_producer.Address;
        _data = _producer.Address + page;
        _mask = (ulong)size - 1;
        _position = Volatile.Read(ref *_consumed);
    }

    /// <summary>How often the positions or a record's length made no sense; what was there was given up.</summary>
    public int Corruptions { get; private set; }

    /// <summary>Whether there is a record that was not read, perhaps one that is still being written.</summary>
    public bool HasRecords => Volatile.Read(ref *_produced) != _position;

    /// <summary>Whether enough was read since the last release to be worth giving back.</summary>
    public bool HoldsMuch => _position - *_consumed > (_mask >> 3);

    /// <summary>Reads the next record that is written to its end, valid until <see cref="Release"/>.</summary>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        while (true)
        {
            record = default;
            ulong available = Volatile.Read(ref *_produced) - _position;
            if (available == 0)
            {
                return false;
            }

            byte* header = _data + (_position & _mask);
            uint length = Volatile.Read(ref *(uint*)header);
            if ((length & Busy) != 0)
            {
                return false;
            }

            ulong size = length & ~Discarded;
            ulong whole = (size + HeaderSize + 7) & ~7UL;
            if (available > _mask + 1 || whole > available)
            {
                Corruptions++;
                _position = Volatile.Read(ref *_produced);
                return false;
            }

            _position += whole;
            if ((length & Discarded) == 0)
            {
                record = new ReadOnlySpan<byte>(header + HeaderSize, (int)size);
                return true;
            }
        }
    }

    /// <summary>Gives the room of all records read back to the kernel.</summary>
    public void Release() => Volatile.Write(ref *_consumed, _position);

    public void Dispose()
    {
        _producer.Dispose();
        _consumer.Dispose();
    }
}
