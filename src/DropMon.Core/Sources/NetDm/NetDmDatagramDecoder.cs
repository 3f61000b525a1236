using DropMon.Native;
using DropMon.Netlink;
using DropMon.Netlink.Generic;

namespace DropMon.Sources.NetDm;

/// <summary>Decodes a datagram of the drop monitor, whichever form its alerts have.</summary>
internal static class NetDmDatagramDecoder
{
    /// <summary>Hands each drop in <paramref name="datagram"/> to <paramref name="consumer"/>.</summary>
    /// <param name="datagram">One or more netlink messages.</param>
    /// <param name="familyId">The drop monitor's family id; messages of other families are passed over.</param>
    /// <param name="consumer">Takes the drops.</param>
    /// <param name="receivedAt">When the datagram came, in nanoseconds since 1970, for alerts that carry no time; 0 for now.</param>
    /// <returns>False when something in it was malformed.</returns>
    public static bool Deliver(ReadOnlySpan<byte> datagram, ushort familyId, IRawDropConsumer consumer, long receivedAt = 0)
    {
        bool whole = true;
        var messages = new NetlinkMessageReader(datagram);
        while (messages.MoveNext())
        {
            if (messages.Header.Type != familyId)
            {
                continue;
            }

            if (!GenericNetlinkHeader.TryRead(messages.Payload, out GenericNetlinkHeader header, out ReadOnlySpan<byte> attributes))
            {
                whole = false;
            }
            else if (header.Command == NetDmCommand.PacketAlert)
            {
                whole &= DeliverPacket(attributes, consumer, receivedAt);
            }
            else if (header.Command == NetDmCommand.Alert)
            {
                whole &= DeliverSummary(attributes, consumer, receivedAt);
            }
        }

        return whole && !messages.IsMalformed;
    }

    private static bool DeliverPacket(ReadOnlySpan<byte> attributes, IRawDropConsumer consumer, long receivedAt)
    {
        if (!PacketAlertDecoder.TryDecode(attributes, out RawDrop drop))
        {
            return false;
        }

        if (drop.UnixNanoseconds == 0)
        {
            drop.UnixNanoseconds = TimeOf(receivedAt);
        }

        consumer.Consume(in drop);
        return true;
    }

    private static bool DeliverSummary(ReadOnlySpan<byte> attributes, IRawDropConsumer consumer, long receivedAt)
    {
        long now = TimeOf(receivedAt);
        var reader = new SummaryAlertReader(attributes);
        while (reader.MoveNext())
        {
            RawDrop drop = reader.Current;
            drop.UnixNanoseconds = now;
            consumer.Consume(in drop);
        }

        return !reader.IsMalformed;
    }

    private static long TimeOf(long receivedAt) => receivedAt != 0 ? receivedAt : MonotonicClock.UnixNanoseconds();
}
