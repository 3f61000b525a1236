using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace DropMon.Files.Pcapng;

/// <summary>Writes pcapng blocks and their options, each block a record of the output. Little-endian.</summary>
internal sealed class PcapngBlockWriter(RecordOutput output)
{
    // In characters; the whole text is in the JSON.
    private const int MaxTextLength = 4096;

    /// <summary>Begins a block. Its length is filled in when it ends.</summary>
    public void Begin(uint type)
    {
        output.BeginRecord();
        WriteUInt32(type);
        WriteUInt32(0);
    }

    public void End()
    {
        uint length = (uint)output.RecordLength + sizeof(uint);
        WriteUInt32(length);
        BinaryPrimitives.WriteUInt32LittleEndian(output.Record[4..], length);
        output.EndRecord();
    }

    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    /// <summary>Writes bytes and pads them to four.</summary>
    public void WritePadded(ReadOnlySpan<byte> bytes, byte padding = 0)
    {
        int pad = PcapngFormat.Padding(bytes.Length);
        Span<byte> to = output.GetSpan(bytes.Length + pad);
        bytes.CopyTo(to);
        to.Slice(bytes.Length, pad).Fill(padding);
        output.Advance(bytes.Length + pad);
    }

    public void WriteOption(ushort code, ReadOnlySpan<byte> value)
    {
        Debug.Assert(value.Length <= PcapngFormat.MaxOptionLength, "callers cut long values");
        WriteUInt16(code);
        WriteUInt16((ushort)value.Length);
        WritePadded(value);
    }

    /// <summary>Writes text for people: made safe for a terminal, cut when it is long. Nothing is written where there is none.</summary>
    public void WriteTextOption(ushort code, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            WriteOption(code, EncodeText(text));
        }
    }

    public static byte[] EncodeText(string text)
    {
        string safe = SafeText.Escape(text);
        return Encoding.UTF8.GetBytes(safe.Length <= MaxTextLength ? safe : string.Concat(safe.AsSpan(0, MaxTextLength), "…"));
    }

    public void WriteEndOfOptions() => WriteUInt32(PcapngFormat.OptionEnd);

    /// <summary>Writes JSON into custom options: as many as its length needs, each cut between characters.</summary>
    public void WriteJsonOptions(ReadOnlySpan<byte> json)
    {
        const int Prefix = sizeof(uint);
        int markLength = PcapngFormat.AlertMark.Length;
        int room = PcapngFormat.MaxOptionLength - Prefix - markLength;
        do
        {
            int length = Math.Min(room, json.Length);
            while (length < json.Length && (json[length] & 0xC0) == 0x80)
            {
                length--;
            }

            WriteUInt16(PcapngFormat.OptionCustomText);
            WriteUInt16((ushort)(Prefix + markLength + length));
            WriteUInt32(PcapngFormat.EnterpriseNumber);
            output.Write(PcapngFormat.AlertMark);
            WritePadded(json[..length]);
            json = json[length..];
        }
        while (!json.IsEmpty);
    }
}
