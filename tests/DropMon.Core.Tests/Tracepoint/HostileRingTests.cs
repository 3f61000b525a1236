using DropMon.Native;
using DropMon.Tracepoint;

namespace DropMon.Tests.Tracepoint;

/// <summary>A perf ring whose positions and lengths make no sense, as no kernel should write them.</summary>
public sealed class HostileRingTests : IDisposable
{
    private const int HeadOffset = 1024;
    private const int TailOffset = 1032;
    private static readonly int Page = Environment.SystemPageSize;

    private readonly FileStream _file;
    private readonly MemoryMapping _memory;
    private readonly PerfRing _ring;

    public HostileRingTests()
    {
        _file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        _file.SetLength(2 * Page);
        var descriptor = new SafeFileDescriptor((int)_file.SafeFileHandle.DangerousGetHandle());
        _memory = new MemoryMapping(descriptor, (nuint)(2 * Page));
        _ring = new PerfRing(descriptor, Page);
        // The stream owns it.
        descriptor.SetHandleAsInvalid();
    }

    [Fact]
    public void A_position_further_ahead_than_the_ring_is_long_yields_no_record()
    {
        WriteRecord(0, 48);
        SetPositions(head: ((ulong)Page * 16) + 48, tail: 0);

        Assert.False(ReadOne(out _));
        Assert.Equal(1, _ring.Corruptions);
    }

    [Fact]
    public void A_record_longer_than_what_the_kernel_has_written_yields_no_record()
    {
        WriteRecord(0, ushort.MaxValue);
        SetPositions(head: 64, tail: 0);

        Assert.False(ReadOne(out _));
        Assert.Equal(1, _ring.Corruptions);
    }

    [Fact]
    public void A_position_between_the_eight_byte_steps_yields_no_record()
    {
        SetPositions(head: 100, tail: (ulong)Page - 4);

        Assert.False(ReadOne(out _));
    }

    [Fact]
    public void A_record_that_wraps_is_read_whole()
    {
        WriteRecord(Page - 16, 48);
        SetPositions(head: (ulong)Page + 32, tail: (ulong)Page - 16);

        Assert.True(ReadOne(out int length));
        Assert.Equal(40, length);
        Assert.Equal(0, _ring.Corruptions);
    }

    public void Dispose()
    {
        _ring.Dispose();
        _memory.Dispose();
        _file.Dispose();
    }

    private bool ReadOne(out int length)
    {
        _ring.Begin();
        bool read = _ring.TryRead(out _, out ReadOnlySpan<byte> body);
        length = body.Length;
        return read;
    }

    private unsafe void WriteRecord(int at, ushort size)
    {
        byte* header = _memory.Address + Page + at;
        *(uint*)header = 9;
        *(ushort*)(header + 6) = size;
    }

    private unsafe void SetPositions(ulong head, ulong tail)
    {
        *(ulong*)(_memory.Address + HeadOffset) = head;
        *(ulong*)(_memory.Address + TailOffset) = tail;
    }
}
