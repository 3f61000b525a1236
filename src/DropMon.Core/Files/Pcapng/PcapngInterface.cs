namespace DropMon.Files.Pcapng;

/// <summary>An interface of a section: how its packets begin and in what its times count.</summary>
internal readonly struct PcapngInterface
{
    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    // Microseconds unless if_tsresol says otherwise.
    private readonly byte _resolution;
    private readonly long _offsetSeconds;

    private PcapngInterface(ushort linkType, byte resolution, long offsetSeconds)
    {
        LinkType = linkType;
        _resolution = resolution;
        _offsetSeconds = offsetSeconds;
    }

    public ushort LinkType { get; }

    /// <summary>Reads an interface description block's body; false when it is too short or its options do not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, bool bigEndian, out PcapngInterface description)
    {
        description = default;
        if (body.Length < 8)
        {
            return false;
        }

        byte resolution = 6;
        long offset = 0;
        var options = new PcapngOptions(body[8..], bigEndian);
        while (options.MoveNext())
        {
            if (options.Code == PcapngFormat.OptionInterfaceTimestampResolution && options.Value.Length == 1)
            {
                resolution = options.Value[0];
            }
            else if (options.Code == PcapngFormat.OptionInterfaceTimestampOffset && options.Value.Length == 8)
            {
                offset = PcapngFormat.ReadInt64(options.Value, bigEndian);
            }
        }

        description = new PcapngInterface(PcapngFormat.ReadUInt16(body, bigEndian), resolution, offset);
        return !options.Overran;
    }

    /// <summary>Converts a time of the interface; false when it is beyond what a DateTime can hold.</summary>
    public bool TryConvert(ulong time, out long utcTicks)
    {
        // The high bit chooses between powers of two and of ten.
        int exponent = _resolution & 0x7f;
        Int128 ticks = (_resolution & 0x80) != 0
            ? (Int128)((UInt128)time * TimeSpan.TicksPerSecond >> exponent)
            : exponent <= 7 ? (Int128)time * (long)Math.Pow(10, 7 - exponent)
            : exponent <= 26 ? (Int128)time / (Int128)Math.Pow(10, exponent - 7) : 0;
        ticks += UnixEpochTicks + ((Int128)_offsetSeconds * TimeSpan.TicksPerSecond);
        bool fits = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        utcTicks = fits ? (long)ticks : 0;
        return fits;
    }
}
