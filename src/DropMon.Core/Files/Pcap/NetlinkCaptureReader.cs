using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DropMon.Files.Pcapng;

namespace DropMon.Files.Pcap;

/// <summary>Reads the alerts of a pcap file of netlink messages, as dwdump writes it, or tcpdump on an nlmon device.</summary>
internal sealed class NetlinkCaptureReader : AlertReader
{
    private readonly CaptureInput _input;
    private readonly PcapRecordReader _records;
    private readonly NetlinkReplay _replay = new();
    private long _packets;
    private bool _anyAlert;
    private bool _ended;

    /// <exception cref="CaptureException">The file is cut off in its header, or holds no netlink messages of this machine's byte
    /// order.</exception>
    public NetlinkCaptureReader(CaptureInput input)
        : base(input.Path)
    {
        _input = input;
        _records = new PcapRecordReader(input);
        if (_records.LinkType != PcapngFormat.LinkNetlink)
        {
            throw CaptureException.Invalid(input.Path, 20, string.Create(CultureInfo.InvariantCulture,
                $"its link type is {_records.LinkType}, but only captures of netlink messages ({PcapngFormat.LinkNetlink}) hold alerts."));
        }

        // Netlink speaks the byte order of the machine, as pcap does.
        if (_records.BigEndian == BitConverter.IsLittleEndian)
        {
            throw CaptureException.Invalid(input.Path, 0, "it comes from a machine of the other byte order.");
        }
    }

    public override AlertFileFormat Format => AlertFileFormat.Netlink;

    public override long Position => _input.Offset;

    public override bool TryRead([NotNullWhen(true)] out DropAlert? alert)
    {
        while (!_replay.TryTake(out alert))
        {
            if (_ended || !_records.TryRead(out long utcTicks, out ReadOnlySpan<byte> packet, out long offset))
            {
                return End();
            }

            _packets++;
            if (!_replay.Feed(packet, utcTicks))
            {
                throw CaptureException.Invalid(Path, offset, "the alert in this packet is malformed or cut off.", canContinue: true);
            }
        }

        _anyAlert = true;
        return true;
    }

    private protected override void Dispose(bool disposing) => _input.Dispose();

    private bool End()
    {
        bool first = !_ended;
        _ended = true;
        return first && _packets > 0 && !_anyAlert ? throw CaptureException.NoAlerts(Path, _packets) : false;
    }
}
