using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using DropMon.Files.Json;
using DropMon.Files.Pcap;

namespace DropMon.Files.Pcapng;

/// <summary>
/// Reads the alerts of a pcapng file that <see cref="PcapngWriter"/> wrote, also after another tool has filtered, merged or
/// shortened it, and those in captured netlink messages. Other packets are passed over; a file that has only such is an error.
/// </summary>
internal sealed class PcapngReader : AlertReader
{
    // A section of ours has 4096 at most; merged files have more.
    private const int MaxInterfaces = 65536;

    private readonly CaptureInput _input;
    private readonly PcapngBlockReader _blocks;
    private readonly AlertJsonReader _alerts = new();
    private readonly List<PcapngInterface> _interfaces = [];
    private readonly ArrayBufferWriter<byte> _joined = new();
    private NetlinkReplay? _netlink;
    private long _packets;
    private long _alertsRead;
    private bool _ended;

    public PcapngReader(CaptureInput input)
        : base(input.Path)
    {
        _input = input;
        _blocks = new PcapngBlockReader(input);
    }

    public override AlertFileFormat Format => AlertFileFormat.Pcapng;

    public override long Position => _input.Offset;

    public override bool TryRead([NotNullWhen(true)] out DropAlert? alert)
    {
        if (TryReadNext(out alert))
        {
            _alertsRead++;
            return true;
        }

        if (!_ended && _packets > 0 && _alertsRead == 0)
        {
            _ended = true;
            throw CaptureException.NoAlerts(Path, _packets);
        }

        _ended = true;
        return false;
    }

    private protected override void Dispose(bool disposing) => _input.Dispose();

    private bool TryReadNext([NotNullWhen(true)] out DropAlert? alert)
    {
        alert = null;
        if (_netlink is not null && _netlink.TryTake(out alert))
        {
            return true;
        }

        while (!_ended && _blocks.TryRead(out uint type, out ReadOnlySpan<byte> body, out long offset))
        {
            try
            {
                alert = ReadBlock(type, body, offset);
            }
            catch (JsonException e)
            {
                throw CaptureException.Invalid(Path, offset, "what DropMon wrote beside the packet is not an alert. " + e.Message,
                    canContinue: true, e);
            }

            if (alert is not null)
            {
                return true;
            }
        }

        return false;
    }

    private DropAlert? ReadBlock(uint type, ReadOnlySpan<byte> body, long offset)
    {
        switch (type)
        {
            case PcapngFormat.SectionHeader:
                ReadSection(body, offset);
                return null;
            case PcapngFormat.InterfaceDescription:
                ReadInterface(body, offset);
                return null;
            case PcapngFormat.EnhancedPacket:
                _packets++;
                return ReadPacket(body, offset);
            case PcapngFormat.SimplePacket:
                _packets++;
                return null;
            case PcapngFormat.DropMonRecord when body.StartsWith(PcapngFormat.AlertMark):
                ReadOtherRecord(body[PcapngFormat.AlertMark.Length..]);
                return null;
            default:
                return null;
        }
    }

    private void ReadSection(ReadOnlySpan<byte> body, long offset)
    {
        const int Fixed = 16;
        _interfaces.Clear();
        Header = null;
        _alerts.DefaultComputerName = null;
        if (body.Length < Fixed)
        {
            throw CaptureException.Invalid(Path, offset, "the section header is too short.", canContinue: true);
        }

        ReadOnlySpan<byte> json = FindJson(body[Fixed..], offset, out _);
        if (json.IsEmpty)
        {
            return;
        }

        AlertFileHeader header = HeaderJson.Read(json);
        if (header.Version > AlertFileHeader.CurrentVersion)
        {
            _ended = true;
            throw CaptureException.VersionUnsupported(Path, offset, header.Version, AlertFileHeader.CurrentVersion);
        }

        Header = header;
        _alerts.DefaultComputerName = header.ComputerName == Environment.MachineName ? null : header.ComputerName;
    }

    private void ReadInterface(ReadOnlySpan<byte> body, long offset)
    {
        if (_interfaces.Count == MaxInterfaces)
        {
            _ended = true;
            throw CaptureException.Invalid(Path, offset, $"a section has more than {MaxInterfaces} interfaces.");
        }

        // Added even when it is damaged, since packets name interfaces by their position.
        bool good = PcapngInterface.TryRead(body, _blocks.BigEndian, out PcapngInterface description);
        _interfaces.Add(description);
        if (!good)
        {
            throw CaptureException.Invalid(Path, offset, "the interface description is too short for what it says.", canContinue: true);
        }
    }

    private DropAlert? ReadPacket(ReadOnlySpan<byte> body, long offset)
    {
        bool bigEndian = _blocks.BigEndian;
        if (body.Length < PcapngFormat.EnhancedPacketHeader)
        {
            throw CaptureException.Invalid(Path, offset, "the packet is too short.", canContinue: true);
        }

        uint interfaceId = PcapngFormat.ReadUInt32(body, bigEndian);
        ulong time = ((ulong)PcapngFormat.ReadUInt32(body[4..], bigEndian) << 32) | PcapngFormat.ReadUInt32(body[8..], bigEndian);
        uint captured = PcapngFormat.ReadUInt32(body[12..], bigEndian);
        ReadOnlySpan<byte> rest = body[PcapngFormat.EnhancedPacketHeader..];
        if (interfaceId >= _interfaces.Count || captured > rest.Length)
        {
            throw CaptureException.Invalid(Path, offset, "the packet names an interface or a length that is not there.", canContinue: true);
        }

        if (captured > AlertLimits.MostPayload)
        {
            throw CaptureException.Invalid(Path, offset,
                $"a packet of {captured} bytes is larger than any that a kernel drops: at most {AlertLimits.MostPayload} are read.",
                    canContinue: true);
        }

        bool timeFits = _interfaces[(int)interfaceId].TryConvert(time, out long utcTicks);
        ReadOnlySpan<byte> json = FindJson(rest[Math.Min(rest.Length, (int)captured + PcapngFormat.Padding((int)captured))..], offset,
            out bool any);
        if (!any)
        {
            return _interfaces[(int)interfaceId].LinkType == PcapngFormat.LinkNetlink
                ? Replay(rest[..(int)captured], utcTicks, offset) : null;
        }

        return _alerts.Read(json, timeFits ? utcTicks : null, captured == 0 ? null : rest[..(int)captured].ToArray());
    }

    private DropAlert? Replay(ReadOnlySpan<byte> packet, long utcTicks, long offset)
    {
        _netlink ??= new NetlinkReplay();
        if (!_netlink.Feed(packet, utcTicks))
        {
            throw CaptureException.Invalid(Path, offset, "the alert in this packet is malformed or cut off.", canContinue: true);
        }

        return _netlink.TryTake(out DropAlert? alert) ? alert : null;
    }

    /// <summary>Finds the JSON among a block's options, joined where it took several.</summary>
    private ReadOnlySpan<byte> FindJson(ReadOnlySpan<byte> bytes, long offset, out bool any)
    {
        ReadOnlySpan<byte> found = default;
        int parts = 0;
        var options = new PcapngOptions(bytes, _blocks.BigEndian);
        while (options.MoveNext())
        {
            if (!options.IsJson(out ReadOnlySpan<byte> part))
            {
                continue;
            }

            if (++parts == 1)
            {
                found = part;
                continue;
            }

            if (parts == 2)
            {
                _joined.ResetWrittenCount();
                _joined.Write(found);
            }

            _joined.Write(part);
        }

        if (options.Overran)
        {
            throw CaptureException.Invalid(Path, offset, "an option is longer than its block.", canContinue: true);
        }

        any = parts > 0;
        return parts > 1 ? _joined.WrittenSpan : found;
    }

    private void ReadOtherRecord(ReadOnlySpan<byte> json)
    {
        _alerts.Read(json);
        if (_alerts.RecordKind is { } kind)
        {
            TakeRecord(kind, json);
        }
    }
}
