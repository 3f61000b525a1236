using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using DropMon.Files.Json;

namespace DropMon.Files.Pcapng;

/// <summary>
/// Writes pcapng: a section with one interface description for each interface and way its packets begin, and an enhanced packet for each
/// alert, whose comment is for people and whose custom option holds the whole alert.
/// </summary>
internal sealed class PcapngWriter : AlertWriter
{
    // Virtual interfaces come and go; a new section forgets those of the last.
    private const int MaxInterfaces = 4096;

    private const byte Nanoseconds = 9;

    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    // Nanoseconds in 64 bits end in the year 2554.
    private static readonly long LastTicks = UnixEpochTicks + (long)(ulong.MaxValue / 100);

    private readonly RecordOutput _output;
    private readonly PcapngBlockWriter _blocks;
    private readonly AlertJsonWriter _alerts = new();
    private readonly AlertComment _comments = new();
    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly Dictionary<(string? Name, int? Index, ushort LinkType), uint> _interfaces = [];
    private readonly AlertFileHeader _header;

    public PcapngWriter(RecordOutput output, AlertFileHeader header)
    {
        _output = output;
        _blocks = new PcapngBlockWriter(output);
        _header = header;
        WriteSection();
    }

    public override AlertFileFormat Format => AlertFileFormat.Pcapng;

    public override void Write(DropAlert alert)
    {
        _output.Begin();
        ReadOnlySpan<byte> payload = alert.Payload;
        uint interfaceId = InterfaceOf(alert);
        long utcTicks = alert.Timestamp.UtcTicks;
        bool timeFits = utcTicks >= UnixEpochTicks && utcTicks <= LastTicks;
        ulong time = timeFits ? (ulong)(utcTicks - UnixEpochTicks) * 100 : 0;

        _json.ResetWrittenCount();
        _alerts.Write(_json, alert, timestamp: !timeFits, payload: payload.IsEmpty);

        _blocks.Begin(PcapngFormat.EnhancedPacket);
        _blocks.WriteUInt32(interfaceId);
        _blocks.WriteUInt32((uint)(time >> 32));
        _blocks.WriteUInt32((uint)time);
        _blocks.WriteUInt32((uint)payload.Length);
        _blocks.WriteUInt32((uint)Math.Max(payload.Length, alert.OriginalLength ?? 0));
        _blocks.WritePadded(payload);
        _blocks.WriteOption(PcapngFormat.OptionComment, _comments.Of(alert));
        _blocks.WriteJsonOptions(_json.WrittenSpan);
        _blocks.WriteEndOfOptions();
        _blocks.End();
    }

    public override void Flush() => _output.Flush();

    internal override void WriteRecord(string kind, Action<Utf8JsonWriter> writeProperties)
    {
        _output.Begin();
        EncodeRecord(kind, writeProperties);
        _blocks.Begin(PcapngFormat.DropMonRecord);
        _output.Write(PcapngFormat.AlertMark);

        // Blanks are nothing to JSON, so that the padding needs no length beside it.
        _blocks.WritePadded(_json.WrittenSpan, (byte)' ');
        _blocks.End();
    }

    private protected override void Withdraw() => _output.Withdraw();

    private protected override void Dispose(bool disposing)
    {
        _output.Dispose();
    }

    private void WriteSection()
    {
        const ulong LengthUnknown = ulong.MaxValue;
        _interfaces.Clear();
        EncodeRecord(HeaderJson.Kind, json => HeaderJson.WriteProperties(json, _header));
        _blocks.Begin(PcapngFormat.SectionHeader);
        _blocks.WriteUInt32(PcapngFormat.ByteOrderMagic);
        _blocks.WriteUInt16(1);
        _blocks.WriteUInt16(0);
        _blocks.WriteUInt64(LengthUnknown);
        _blocks.WriteTextOption(PcapngFormat.OptionSectionHardware, _header.Architecture);
        _blocks.WriteTextOption(PcapngFormat.OptionSectionOs, _header.KernelRelease is { } release ? "Linux " + release : null);
        _blocks.WriteTextOption(PcapngFormat.OptionSectionApplication, _header.Writer);
        _blocks.WriteJsonOptions(_json.WrittenSpan);
        _blocks.WriteEndOfOptions();
        _blocks.End();
    }

    private uint InterfaceOf(DropAlert alert)
    {
        (string?, int?, ushort) key = (alert.InterfaceName, alert.InterfaceIndex, LinkTypeOf(alert));
        if (!_interfaces.TryGetValue(key, out uint id))
        {
            if (_interfaces.Count >= MaxInterfaces)
            {
                WriteSection();
            }

            id = (uint)_interfaces.Count;
            WriteInterface(key);
            _interfaces.Add(key, id);
        }

        return id;
    }

    private void WriteInterface((string? Name, int? Index, ushort LinkType) description)
    {
        const uint NoSnapLimit = 0;
        string? name = description.Name ?? (description.Index is { } index
            ? string.Create(CultureInfo.InvariantCulture, $"ifindex {index}") : null);
        _blocks.Begin(PcapngFormat.InterfaceDescription);
        _blocks.WriteUInt16(description.LinkType);
        _blocks.WriteUInt16(0);
        _blocks.WriteUInt32(NoSnapLimit);
        _blocks.WriteTextOption(PcapngFormat.OptionInterfaceName, name);
        _blocks.WriteOption(PcapngFormat.OptionInterfaceTimestampResolution, [Nanoseconds]);
        _blocks.WriteEndOfOptions();
        _blocks.End();
    }

    // The kernel does not say whether the bytes begin with an Ethernet header; devices such as tun and ipip have none.
    private static ushort LinkTypeOf(DropAlert alert)
    {
        if (alert.Payload is not { Length: > 0 } bytes)
        {
            return PcapngFormat.LinkNone;
        }

        int version = bytes[0] >> 4;
        bool mayBeIp = (version == 4 && alert.EtherType is Packets.EtherType.Ipv4)
            || (version == 6 && alert.EtherType is Packets.EtherType.Ipv6);
        bool isEthernet = bytes.Length >= 14 && BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(12)) == alert.EtherType;
        return mayBeIp && !isEthernet ? PcapngFormat.LinkRaw : PcapngFormat.LinkEthernet;
    }

    private void EncodeRecord(string kind, Action<Utf8JsonWriter> writeProperties)
    {
        _json.ResetWrittenCount();
        HeaderJson.WriteRecord(_json, kind, writeProperties);
    }
}
