using DropMon.Netlink;
using DropMon.Netlink.Generic;
using DropMon.Sources.NetDm;

namespace DropMon.Files.Pcap;

/// <summary>
/// Finds out which number the drop monitor's family had when a capture was taken: it differs from boot to boot. The file may tell
/// it, in an answer of the controller as dwdump records one; else the first message that can be nothing else does.
/// </summary>
internal sealed class NetDmFamilyFinder
{
    private const ushort ControllerId = 0x10; // GENL_ID_CTRL
    private const byte NewFamily = 1; // CTRL_CMD_NEWFAMILY
    private const ushort FamilyIdAttribute = 1; // CTRL_ATTR_FAMILY_ID
    private const ushort FamilyName = 2; // CTRL_ATTR_FAMILY_NAME
    private const int MaxSummaryPoints = 64; // dm_hit_limit
    private const int SummaryPointSize = 12; // struct net_dm_drop_point

    /// <summary>The number; null while it is unknown.</summary>
    public ushort? FamilyId { get; private set; }

    /// <summary>Learns from a datagram of generic netlink.</summary>
    /// <returns>Whether a message of the drop monitor is in it, perhaps one that is cut off.</returns>
    public bool Observe(ReadOnlySpan<byte> datagram)
    {
        bool found = false;
        ReadOnlySpan<byte> rest = datagram;
        var messages = new NetlinkMessageReader(datagram);
        while (messages.MoveNext())
        {
            rest = rest[Math.Min(NetlinkHeader.Align((int)messages.Header.Length), rest.Length)..];
            Learn(messages.Header.Type, messages.Payload);
            found |= messages.Header.Type == FamilyId;
        }

        return found || (messages.IsMalformed && NetlinkHeader.TryRead(rest, out NetlinkHeader cut) && cut.Type == FamilyId);
    }

    private void Learn(ushort type, ReadOnlySpan<byte> payload)
    {
        if (!GenericNetlinkHeader.TryRead(payload, out GenericNetlinkHeader header, out ReadOnlySpan<byte> attributes))
        {
            return;
        }

        if (type == ControllerId && header.Command == NewFamily)
        {
            LearnFromController(attributes);
        }
        else if (type > ControllerId && FamilyId is null && IsUnmistakable(header.Command, attributes))
        {
            FamilyId = type;
        }
    }

    private void LearnFromController(ReadOnlySpan<byte> attributes)
    {
        ushort id = 0;
        bool isDropMonitor = false;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case FamilyIdAttribute:
                    id = reader.ReadUInt16();
                    break;
                case FamilyName:
                    isDropMonitor = reader.ReadTextBytes().SequenceEqual("NET_DM"u8);
                    break;
            }
        }

        if (isDropMonitor && !reader.IsMalformed)
        {
            FamilyId = id;
        }
    }

    /// <summary>Whether the attributes have the shape of an alert, which no other family's messages share.</summary>
    private static bool IsUnmistakable(byte command, ReadOnlySpan<byte> attributes) => command switch
    {
        NetDmCommand.PacketAlert => IsPacketAlert(attributes),
        NetDmCommand.Alert => IsSummary(attributes),
        _ => false,
    };

    private static bool IsPacketAlert(ReadOnlySpan<byte> attributes)
    {
        bool origin = false;
        bool place = false;
        bool time = false;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            origin |= reader.Type == NetDmAttribute.Origin && reader.Value.Length == sizeof(ushort);
            time |= reader.Type == NetDmAttribute.Timestamp && reader.Value.Length == sizeof(ulong);
            place |= (reader.Type == NetDmAttribute.ProgramCounter && reader.Value.Length == sizeof(ulong))
                || reader.Type == NetDmAttribute.TrapName;
        }

        return origin && place && time && !reader.IsMalformed;
    }

    private static bool IsSummary(ReadOnlySpan<byte> attributes)
    {
        var reader = new AttributeReader(attributes);
        if (!reader.MoveNext() || reader.Type != NetDmAttribute.Summary || reader.Value.Length < sizeof(uint))
        {
            return false;
        }

        uint points = reader.ReadUInt32();
        return points is > 0 and <= MaxSummaryPoints && reader.Value.Length >= sizeof(uint) + ((int)points * SummaryPointSize)
            && !reader.MoveNext();
    }
}
