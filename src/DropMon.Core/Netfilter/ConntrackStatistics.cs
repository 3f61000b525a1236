using System.Buffers.Binary;
using DropMon.Netlink;

namespace DropMon.Netfilter;

/// <summary>The statistics of connection tracking as ctnetlink gives them, a message for each CPU.</summary>
internal static class ConntrackStatistics
{
    private const ushort GetStatistics = (1 << 8) | 4; // NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_GET_STATS_CPU

    // enum ctattr_stats_cpu, by attribute.
    private static readonly string?[] Names =
    [
        null, "searched", "found", "new", "invalid", "ignore", "delete", "delete_list", "insert", "insert_failed", "drop", "early_drop",
        "error",
        "search_restart", "clash_resolve", "chaintoolong",
    ];

    /// <summary>Asks for them. That loads the module where it is not.</summary>
    public static NetlinkRequest Request() =>
        new NetlinkRequest(
            GetStatistics, NetlinkFlags.Dump,
            "Reading the statistics of connection tracking").AddHeader(new NetfilterHeader(NetfilterHeader.Unspecified));

    /// <summary>Adds the counters of one CPU.</summary>
    /// <exception cref="NetlinkFormatException">The message is too short.</exception>
    public static void Decode(ReadOnlySpan<byte> payload, Action<string, int, uint> onCounter)
    {
        AttributeReader reader = NetfilterHeader.Attributes(payload);
        int cpu = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        while (reader.MoveNext())
        {
            if (reader.Type < Names.Length
                && Names[reader.Type] is { } name
                && BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint value))
            {
                onCounter(name, cpu, value);
            }
        }
    }
}
