using System.Globalization;
using DropMon.Files.Pcapng;

namespace DropMon.Files.Pcap;

/// <summary>Reads the records of a pcap file, of either byte order and in micro- or nanoseconds.</summary>
internal sealed class PcapRecordReader
{
    private readonly CaptureInput _input;
    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;
    private int _consumeFirst = PcapFormat.FileHeaderSize;
    private bool _ended;

    /// <summary>Reads the file's header.</summary>
    /// <exception cref="CaptureException">It is no pcap file, or cut off.</exception>
    public PcapRecordReader(CaptureInput input)
    {
        _input = input;
        if (!input.TryFill(PcapFormat.FileHeaderSize))
        {
            throw CaptureException.Truncated(input.Path, 0, "the header");
        }

        if (!TryReadMagic(input.Buffered, out _bigEndian, out _nanoseconds))
        {
            throw CaptureException.FormatUnknown(input.Path);
        }

        // The upper bits may hold the length of a frame check sequence.
        LinkType = (ushort)PcapngFormat.ReadUInt32(input.Buffered[20..], _bigEndian);
    }

    public ushort LinkType { get; }

    public bool BigEndian => _bigEndian;

    public static bool IsPcap(ReadOnlySpan<byte> start) => start.Length >= sizeof(uint) && TryReadMagic(start, out _, out _);

    /// <summary>Reads the next record.</summary>
    /// <param name="utcTicks">When it was captured.</param>
    /// <param name="bytes">What was captured; valid until the next call.</param>
    /// <param name="offset">Where the record begins in the file.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CaptureException">The file is cut off or no record begins here; the next call returns false.</exception>
    public bool TryRead(out long utcTicks, out ReadOnlySpan<byte> bytes, out long offset)
    {
        _input.Consume(_consumeFirst);
        _consumeFirst = 0;
        offset = _input.Offset;
        utcTicks = 0;
        bytes = default;
        if (_ended || !_input.TryFill(1))
        {
            return false;
        }

        try
        {
            bytes = ReadRecord(out utcTicks);
        }
        catch (CaptureException)
        {
            _ended = true;
            throw;
        }

        return true;
    }

    private ReadOnlySpan<byte> ReadRecord(out long utcTicks)
    {
        Fill(PcapFormat.RecordHeaderSize);
        ReadOnlySpan<byte> header = _input.Buffered;
        long seconds = PcapngFormat.ReadUInt32(header, _bigEndian);
        long fraction = PcapngFormat.ReadUInt32(header[4..], _bigEndian);
        uint captured = PcapngFormat.ReadUInt32(header[8..], _bigEndian);
        if (captured > PcapFormat.MaxRecordLength)
        {
            throw CaptureException.Invalid(_input.Path, _input.Offset,
                string.Create(CultureInfo.InvariantCulture, $"a record cannot be {captured} bytes long."));
        }

        utcTicks = DateTime.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond)
            + (_nanoseconds ? fraction / TimeSpan.NanosecondsPerTick : fraction * TimeSpan.TicksPerMicrosecond);
        Fill(PcapFormat.RecordHeaderSize + (int)captured);
        _consumeFirst = PcapFormat.RecordHeaderSize + (int)captured;
        return _input.Buffered.Slice(PcapFormat.RecordHeaderSize, (int)captured);
    }

    private void Fill(int count)
    {
        if (!_input.TryFill(count))
        {
            throw CaptureException.Truncated(_input.Path, _input.Offset, "the record");
        }
    }

    private static bool TryReadMagic(ReadOnlySpan<byte> start, out bool bigEndian, out bool nanoseconds)
    {
        bigEndian = PcapngFormat.ReadUInt32(start, true) is PcapFormat.MagicMicroseconds or PcapFormat.MagicNanoseconds;
        uint magic = PcapngFormat.ReadUInt32(start, bigEndian);
        nanoseconds = magic == PcapFormat.MagicNanoseconds;
        return nanoseconds || magic == PcapFormat.MagicMicroseconds;
    }
}
