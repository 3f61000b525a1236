using DropMon.Native;
using DropMon.Sources.Ebpf;

namespace DropMon.Tests.Sources.Ebpf;

/// <summary>
/// A BPF ring in the memory of a file, which a test fills as the kernel would. The kernel maps the data twice; here both copies are
/// written.
/// </summary>
internal sealed unsafe class MemoryBpfRing : IDisposable
{
    private static readonly int Page = Environment.SystemPageSize;

    private readonly int _size;
    private readonly FileStream _file;
    private readonly MemoryMapping _memory;

    public MemoryBpfRing(int size = 4096)
    {
        _size = size;
        _file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        int length = (2 * Page) + (2 * size);
        _file.SetLength(length);
        var descriptor = new SafeFileDescriptor((int)_file.SafeFileHandle.DangerousGetHandle());
        _memory = new MemoryMapping(descriptor, (nuint)length, "a ring for a test");
        Ring = new BpfRing(descriptor, size);
        // The stream owns it.
        descriptor.SetHandleAsInvalid();
    }

    public BpfRing Ring { get; }

    public ulong Consumed => *(ulong*)_memory.Address;

    public ulong Produced
    {
        get => *(ulong*)(_memory.Address + Page);
        set => *(ulong*)(_memory.Address + Page) = value;
    }

    /// <summary>Writes a record at the producer's position.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="flags">BPF_RINGBUF_BUSY_BIT and BPF_RINGBUF_DISCARD_BIT.</param>
    /// <param name="length">The length that its header states, if that is a lie.</param>
    public void Write(byte[] body, uint flags = 0, uint? length = null)
    {
        byte[] record = [.. BitConverter.GetBytes((length ?? (uint)body.Length) | flags), 0, 0, 0, 0, .. body];
        for (int i = 0; i < record.Length; i++)
        {
            int at = (int)((Produced + (ulong)i) % (ulong)_size);
            _memory.Address[(2 * Page) + at] = record[i];
            _memory.Address[(2 * Page) + _size + at] = record[i];
        }

        Produced += (ulong)((record.Length + 7) & ~7);
    }

    public List<byte[]> ReadAll()
    {
        var records = new List<byte[]>();
        while (Ring.TryRead(out ReadOnlySpan<byte> record))
        {
            records.Add(record.ToArray());
        }

        Ring.Release();
        return records;
    }

    public void Dispose()
    {
        Ring.Dispose();
        _memory.Dispose();
        _file.Dispose();
    }
}
