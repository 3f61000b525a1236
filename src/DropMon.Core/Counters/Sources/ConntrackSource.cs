using System.Buffers.Binary;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Netlink;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// Connection tracking, for each CPU: /proc/net/stat/nf_conntrack, or by netlink where the kernel has no such file. To ask by netlink
/// loads the module, so that is done only where it is loaded.
/// </summary>
internal sealed class ConntrackSource(IMachine machine, Func<NetlinkConnection> netfilter) : IDropCounterSource
{
    private const string Group = "Conntrack";
    private const string LoadedMark = "/proc/sys/net/netfilter/nf_conntrack_max";
    private const ushort GetStatistics = (1 << 8) | 4; // NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_GET_STATS_CPU

    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal) { ["icmp_error"] = "error", ["clashres"] = "clash_resolve", ["chainlength"] = "chaintoolong" };

    // enum ctattr_stats_cpu, by attribute.
    private static readonly string?[] Attributes =
    [
        null, "searched", "found", "new", "invalid", "ignore", "delete", "delete_list", "insert", "insert_failed", "drop", "early_drop", "error",
        "search_restart", "clash_resolve", "chaintoolong",
    ];

    public string Name => "/proc/net/stat/nf_conntrack";

    public IEnumerable<CounterReading> Read()
    {
        if (ProcNet.TryReadLines(machine, $"{ProcNet.Folder}/stat/nf_conntrack") is { } lines)
        {
            return HexTable.Parse(lines, Name, Group, Renamed, "entries");
        }

        return machine.ReadFile(LoadedMark) is null ? [] : Ask();
    }

    private List<CounterReading> Ask()
    {
        var readings = new List<CounterReading>();
        var request = new NetlinkRequest(GetStatistics, NetlinkFlags.Dump, "Reading the statistics of connection tracking");
        request.AddHeader(new NetfilterHeader(NetfilterHeader.Unspecified));
        netfilter().Execute(request, (_, payload) => Decode(payload, readings));
        return readings;
    }

    internal static void Decode(ReadOnlySpan<byte> payload, List<CounterReading> readings)
    {
        if (payload.Length < NetfilterHeader.Size)
        {
            throw new NetlinkFormatException("The kernel's statistics of connection tracking are too short.");
        }

        int cpu = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        var reader = new AttributeReader(payload[NetfilterHeader.Size..]);
        while (reader.MoveNext())
        {
            if (reader.Type < Attributes.Length && Attributes[reader.Type] is { } name && BinaryPrimitives.TryReadUInt32BigEndian(reader.Value, out uint value))
            {
                readings.Add(new CounterReading(new CounterName(Group, name), value) { Cpu = cpu });
            }
        }
    }
}
