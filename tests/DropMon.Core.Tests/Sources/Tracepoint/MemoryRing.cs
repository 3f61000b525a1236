using DropMon.Native;
using DropMon.Sources.Tracepoint;

namespace DropMon.Tests.Sources.Tracepoint;

/// <summary>A perf ring in the memory of a file, which a test fills as the kernel would.</summary>
internal sealed unsafe class MemoryRing : IDisposable
{
    private static readonly int ControlSize = Environment.SystemPageSize;

    private readonly int _size;
    private readonly FileStream _file;
    private readonly MemoryMapping _mapping;

    public MemoryRing(int size = 4096)
    {
        _size = size;
        _file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        _file.SetLength(ControlSize + size);
        var descriptor = new SafeFileDescriptor((int)_file.SafeFileHandle.DangerousGetHandle());
        _mapping = new MemoryMapping(descriptor, (nuint)(ControlSize + size), "a perf ring");
        Ring = new PerfRing(descriptor, size);
        // The stream owns it.
        descriptor.SetHandleAsInvalid();
    }

    public PerfRing Ring { get; }

    public ulong Head
    {
        get => *(ulong*)(_mapping.Address + 1024);
        set => *(ulong*)(_mapping.Address + 1024) = value;
    }

    public ulong Tail
    {
        get => *(ulong*)(_mapping.Address + 1032);
        set => *(ulong*)(_mapping.Address + 1032) = value;
    }

    /// <summary>Writes a record at the head; its length may lie.</summary>
    public void Write(uint type, byte[] body, int? length = null)
    {
        byte[] record = [.. BitConverter.GetBytes(type), 0, 0, .. BitConverter.GetBytes((ushort)(length ?? (8 + body.Length))), .. body];
        foreach (byte b in record)
        {
            _mapping.Address[ControlSize + (int)(Head % (ulong)_size)] = b;
            Head++;
        }
    }

    public List<(uint Type, byte[] Body)> ReadAll()
    {
        var records = new List<(uint, byte[])>();
        Ring.Begin();
        while (Ring.TryRead(out uint type, out ReadOnlySpan<byte> body))
        {
            records.Add((type, body.ToArray()));
        }

        Ring.Release();
        return records;
    }

    public void Dispose()
    {
        Ring.Dispose();
        _mapping.Dispose();
        _file.Dispose();
    }
}
