namespace DropMon.Files.Pcapng;

/// <summary>Walks over the options at the end of a block. One that does not fit ends the walk and is marked.</summary>
internal ref struct PcapngOptions(ReadOnlySpan<byte> bytes, bool bigEndian)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public ushort Code { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>True when an option claims more bytes than there are.</summary>
    public bool Overran { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length < 4)
        {
            return false;
        }

        Code = PcapngFormat.ReadUInt16(_rest, bigEndian);
        int length = PcapngFormat.ReadUInt16(_rest[2..], bigEndian);
        if (Code == PcapngFormat.OptionEnd)
        {
            return false;
        }

        int padded = length + PcapngFormat.Padding(length);
        if (padded > _rest.Length - 4)
        {
            Overran = true;
            return false;
        }

        Value = _rest.Slice(4, length);
        _rest = _rest[(4 + padded)..];
        return true;
    }

    /// <summary>Whether this is DropMon's custom option; if so, the JSON in it.</summary>
    public readonly bool IsJson(out ReadOnlySpan<byte> json)
    {
        json = default;
        if (Code != PcapngFormat.OptionCustomText || Value.Length < 4 + PcapngFormat.AlertMark.Length
            || PcapngFormat.ReadUInt32(Value, bigEndian) != PcapngFormat.EnterpriseNumber || !Value[4..].StartsWith(PcapngFormat.AlertMark))
        {
            return false;
        }

        json = Value[(4 + PcapngFormat.AlertMark.Length)..];
        return true;
    }
}
