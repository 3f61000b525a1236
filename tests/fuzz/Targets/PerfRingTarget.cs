using System.Buffers.Binary;
using DropMon.Native;
using DropMon.Sources.Tracepoint;

namespace DropMon.Fuzz.Targets;

/// <summary>
/// A perf ring of one page whose every byte, the kernel's positions included, is the input's. Each record is compared with what a plain
/// reader of the same bytes finds.
/// </summary>
internal sealed class PerfRingTarget : FuzzTarget
{
    private const int HeadOffset = 1024;
    private const int TailOffset = 1032;
    private const int PositionSize = 16;
    private static readonly int Page = Environment.SystemPageSize;

    private readonly string _path = Path.Combine("/dev/shm", $"dropmon-fuzz-{Environment.ProcessId}");
    private readonly FileStream _file;
    private readonly MemoryMapping _memory;
    private readonly PerfRing _ring;

    public PerfRingTarget()
    {
        _file = new FileStream(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        _file.SetLength(2 * Page);
        // The stream owns the descriptor: the ring's handle must not close it.
        var descriptor = new SafeFileDescriptor((int)_file.SafeFileHandle.DangerousGetHandle());
        _memory = new MemoryMapping(descriptor, (nuint)(2 * Page), "a perf ring");
        _ring = new PerfRing(descriptor, Page);
        descriptor.SetHandleAsInvalid();
    }

    public override string Name => "perf-ring";

    public override int Share => 440;

    public override int MaximumLength => PositionSize + Page;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            byte[] record = [9, 0, 0, 0, 0, 0, 48, 0, .. new byte[40]];
            yield return [.. Positions(96, 0), .. record, .. record];
            // One that wraps: it begins 16 bytes before the end of the page.
            byte[] page = new byte[Page];
            record.AsSpan(0, 16).CopyTo(page.AsSpan(Page - 16));
            yield return [.. Positions((ulong)Page + 32, (ulong)Page - 16), .. page];
            yield return Positions(0, 0);
        }
    }

    public override unsafe void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < PositionSize)
        {
            return;
        }

        ulong head = BinaryPrimitives.ReadUInt64LittleEndian(input);
        ulong tail = BinaryPrimitives.ReadUInt64LittleEndian(input[8..]);
        var data = new Span<byte>(_memory.Address + Page, Page);
        data.Clear();
        input[PositionSize..].CopyTo(data);
        *(ulong*)(_memory.Address + HeadOffset) = head;
        *(ulong*)(_memory.Address + TailOffset) = tail;
        _ring.Begin();
        ulong position = tail;
        while (_ring.TryRead(out uint type, out ReadOnlySpan<byte> body))
        {
            Invariant.That(head - position <= (ulong)Page, "The kernel's position lies beyond the ring, and yet records are read.");
            Invariant.That((byte)type == Byte(data, position), "The record's type is not what the ring holds.");
            Invariant.That(body.Length + 8 <= Page, "A record is longer than the ring.");
            for (int i = 0; i < body.Length; i++)
            {
                Invariant.That(body[i] == Byte(data, position + 8 + (ulong)i), "A record's byte is not what the ring holds.");
            }

            position += 8 + (ulong)body.Length;
        }

        _ring.Release();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _ring.Dispose();
        _memory.Dispose();
        _file.Dispose();
    }

    private static byte Byte(ReadOnlySpan<byte> data, ulong position) => data[(int)(position & ((ulong)Page - 1))];

    private static byte[] Positions(ulong head, ulong tail) => [.. BitConverter.GetBytes(head), .. BitConverter.GetBytes(tail)];
}
