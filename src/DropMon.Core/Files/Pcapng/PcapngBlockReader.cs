using System.Globalization;

namespace DropMon.Files.Pcapng;

/// <summary>Finds the blocks of a pcapng file, of either byte order and with any number of sections.</summary>
internal sealed class PcapngBlockReader(CaptureInput input)
{
    private int _consumeFirst;
    private bool _ended;

    /// <summary>Whether the current section is big-endian.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="body">What is between its header and its trailer; valid until the next call.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="CaptureException">The file is cut off or no block begins here; the next call returns false.</exception>
    public bool TryRead(out uint type, out ReadOnlySpan<byte> body, out long offset)
    {
        input.Consume(_consumeFirst);
        _consumeFirst = 0;
        offset = input.Offset;
        if (_ended || !input.TryFill(1))
        {
            type = 0;
            body = default;
            return false;
        }

        try
        {
            body = ReadBlock(out type);
        }
        catch (CaptureException)
        {
            _ended = true;
            throw;
        }

        return true;
    }

    private ReadOnlySpan<byte> ReadBlock(out uint type)
    {
        Fill(PcapngFormat.BlockOverhead);
        ReadOnlySpan<byte> start = input.Buffered;

        // The section header's type reads the same in both byte orders, and its magic tells which one follows.
        bool section = PcapngFormat.ReadUInt32(start, false) == PcapngFormat.SectionHeader;
        if (section)
        {
            BigEndian = PcapngFormat.ReadUInt32(start[8..], true) == PcapngFormat.ByteOrderMagic;
        }

        type = PcapngFormat.ReadUInt32(start, BigEndian);
        uint length = PcapngFormat.ReadUInt32(start[4..], BigEndian);
        if (section && PcapngFormat.ReadUInt32(start[8..], BigEndian) != PcapngFormat.ByteOrderMagic)
        {
            throw Damaged("a section header has no byte-order magic.");
        }

        if (length < PcapngFormat.BlockOverhead || length % 4 != 0 || length > PcapngFormat.MaxBlockLength)
        {
            throw Damaged(string.Create(CultureInfo.InvariantCulture, $"a block cannot be {length} bytes long."));
        }

        Fill((int)length);
        ReadOnlySpan<byte> block = input.Buffered[..(int)length];
        if (PcapngFormat.ReadUInt32(block[^4..], BigEndian) != length)
        {
            throw Damaged("the two lengths of a block differ.");
        }

        _consumeFirst = (int)length;
        return block[8..^4];
    }

    private void Fill(int count)
    {
        if (!input.TryFill(count))
        {
            throw CaptureException.Truncated(input.Path, input.Offset, "the block");
        }
    }

    private CaptureException Damaged(string why) => CaptureException.Invalid(input.Path, input.Offset, why);
}
