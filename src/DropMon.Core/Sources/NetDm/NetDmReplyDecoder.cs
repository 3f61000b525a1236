using DropMon.Netlink;
using DropMon.Netlink.Generic;

namespace DropMon.Sources.NetDm;

/// <summary>Decodes the drop monitor's answers to queries.</summary>
internal static class NetDmReplyDecoder
{
    /// <summary>Decodes NET_DM_CMD_CONFIG_NEW.</summary>
    /// <exception cref="NetlinkFormatException">The answer is malformed.</exception>
    public static NetDmConfiguration Configuration(ReadOnlySpan<byte> payload)
    {
        var configuration = default(NetDmConfiguration);
        bool whole = GenericNetlinkHeader.TryRead(payload, out _, out ReadOnlySpan<byte> attributes);
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetDmAttribute.AlertMode:
                    configuration = configuration with { Mode = (DropAlertMode)reader.ReadByte() };
                    break;
                case NetDmAttribute.TruncationLength:
                    configuration = configuration with { TruncationLength = reader.ReadUInt32() };
                    break;
                case NetDmAttribute.QueueLength:
                    configuration = configuration with { QueueLength = reader.ReadUInt32() };
                    break;
            }
        }

        return whole && !reader.IsMalformed
            ? configuration
            : throw new NetlinkFormatException("The drop monitor's configuration is malformed.");
    }

    /// <summary>Decodes NET_DM_CMD_STATS_NEW.</summary>
    /// <exception cref="NetlinkFormatException">The answer is malformed.</exception>
    public static NetDmStatistics Statistics(ReadOnlySpan<byte> payload)
    {
        ulong software = 0;
        ulong hardware = 0;
        bool whole = GenericNetlinkHeader.TryRead(payload, out _, out ReadOnlySpan<byte> attributes);
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case NetDmAttribute.Statistics:
                    whole &= TryReadDropped(reader.Nested(), out software);
                    break;
                case NetDmAttribute.HardwareStatistics:
                    whole &= TryReadDropped(reader.Nested(), out hardware);
                    break;
            }
        }

        return whole && !reader.IsMalformed
            ? new NetDmStatistics(software, hardware)
            : throw new NetlinkFormatException("The drop monitor's statistics are malformed.");
    }

    private static bool TryReadDropped(AttributeReader reader, out ulong dropped)
    {
        dropped = 0;
        while (reader.MoveNext())
        {
            if (reader.Type == NetDmAttribute.StatisticsDropped)
            {
                dropped = reader.ReadUInt64();
            }
        }

        return !reader.IsMalformed;
    }
}
