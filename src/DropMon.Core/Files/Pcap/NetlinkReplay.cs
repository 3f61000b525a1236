using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Sources.NetDm;

namespace DropMon.Files.Pcap;

/// <summary>Makes alerts of captured netlink packets, through the decoder that live datagrams go through.</summary>
internal sealed class NetlinkReplay : IRawDropConsumer
{
    // LINKTYPE_NETLINK: packet type, ARPHRD_NETLINK, ten unused bytes, and the netlink protocol, in network order.
    private const int CookedHeaderSize = 16;
    private const int ProtocolOffset = 14;
    private const ushort GenericNetlinkProtocol = 16; // NETLINK_GENERIC

    private readonly NetDmFamilyFinder _family = new();
    private readonly DropSiteTable _sites =
        new(ForeignKernel.Knowledge.Symbols, ForeignKernel.Knowledge.Lines, ForeignKernel.Knowledge.Classifier, null);

    private readonly DropAlertBuilder _builder = new(
        DropSourceName.Replay, ForeignKernel.Knowledge.Symbols, ForeignKernel.Knowledge.Lines, new RawDropNames(DropSourceName.Replay));
    private readonly Queue<DropAlert> _alerts = new();

    /// <summary>Takes one captured packet.</summary>
    /// <param name="packet">The cooked header and the datagram.</param>
    /// <param name="utcTicks">When it was captured: the time of alerts that carry none.</param>
    /// <returns>False when it has no cooked header, or an alert in it is malformed or cut off.</returns>
    public bool Feed(ReadOnlySpan<byte> packet, long utcTicks)
    {
        if (packet.Length < CookedHeaderSize)
        {
            return false;
        }

        const long MostTicks = long.MaxValue / TimeSpan.NanosecondsPerTick;
        long unixTicks = Math.Clamp(utcTicks - DateTime.UnixEpoch.Ticks, -MostTicks, MostTicks);
        ReadOnlySpan<byte> datagram = packet[CookedHeaderSize..];
        return BinaryPrimitives.ReadUInt16BigEndian(packet[ProtocolOffset..]) != GenericNetlinkProtocol
            || !_family.Observe(datagram)
            || NetDmDatagramDecoder.Deliver(datagram, _family.FamilyId!.Value, this, unixTicks * TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Takes the next alert out; a summary makes several of one packet.</summary>
    public bool TryTake([NotNullWhen(true)] out DropAlert? alert) => _alerts.TryDequeue(out alert);

    void IRawDropConsumer.Consume(in RawDrop drop) => _alerts.Enqueue(_builder.Build(in drop, _sites.Find(in drop).Site));

    void IRawDropConsumer.EndBatch()
    {
        // Alerts are taken out one by one.
    }
}
