using DropMon.Netlink;

namespace DropMon.Sources.NetDm;

/// <summary>Decodes NET_DM_CMD_PACKET_ALERT of software and hardware drops, without copying.</summary>
internal static class PacketAlertDecoder
{
    /// <summary>Decodes one alert.</summary>
    /// <param name="attributes">The bytes behind the generic netlink header.</param>
    /// <param name="drop">The drop; its views point into <paramref name="attributes"/>.</param>
    /// <returns>False when the alert is malformed.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> attributes, out RawDrop drop)
    {
        drop = new RawDrop { Count = 1 };
        bool whole = true;
        bool hasLength = false;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetDmAttribute.Origin:
                    drop.Origin = reader.ReadUInt16() == (ushort)DropOrigin.Hardware ? DropOrigin.Hardware : DropOrigin.Software;
                    break;
                case NetDmAttribute.ProgramCounter:
                    drop.Address = reader.ReadUInt64();
                    break;
                case NetDmAttribute.Symbol:
                    drop.Symbol = reader.ReadTextBytes();
                    break;
                case NetDmAttribute.InPort:
                    whole &= TryReadPort(reader.Nested(), ref drop);
                    break;
                case NetDmAttribute.Timestamp:
                    drop.UnixNanoseconds = (long)reader.ReadUInt64();
                    break;
                case NetDmAttribute.Protocol:
                    drop.EtherType = reader.ReadUInt16();
                    drop.HasEtherType = true;
                    break;
                case NetDmAttribute.Payload:
                    drop.Payload = reader.Value;
                    break;
                case NetDmAttribute.OriginalLength:
                    drop.OriginalLength = (int)Math.Min(reader.ReadUInt32(), int.MaxValue);
                    hasLength = true;
                    break;
                case NetDmAttribute.Reason:
                    drop.ReasonName = reader.ReadTextBytes();
                    break;
                case NetDmAttribute.TrapName:
                    drop.TrapName = reader.ReadTextBytes();
                    break;
                case NetDmAttribute.TrapGroupName:
                    drop.TrapGroup = reader.ReadTextBytes();
                    break;
                case NetDmAttribute.FlowActionCookie:
                    drop.FlowActionCookie = reader.Value;
                    break;
            }
        }

        if (!hasLength)
        {
            drop.OriginalLength = drop.Payload.Length;
        }

        return whole && !reader.IsMalformed;
    }

    private static bool TryReadPort(AttributeReader reader, ref RawDrop drop)
    {
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetDmAttribute.PortIndex:
                    drop.InterfaceIndex = (int)reader.ReadUInt32();
                    break;
                case NetDmAttribute.PortName:
                    drop.InterfaceName = reader.ReadTextBytes();
                    break;
            }
        }

        return !reader.IsMalformed;
    }
}
