using System.Runtime.InteropServices;
using DropMon.Machine;
using DropMon.Netlink;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// The neighbour tables of ARP and ND: /proc/net/stat/arp_cache and ndisc_cache, which only the first network namespace shows, else by
/// rtnetlink, which lacks unres_discards. The tables are the machine's, not the namespace's.
/// </summary>
internal sealed class NeighbourSource(IMachine machine, Func<NetlinkConnection> route) : IDropCounterSource
{
    private const string Group = "Neighbour";
    private const ushort GetTables = 66; // RTM_GETNEIGHTBL
    private const int HeaderSize = 4; // struct ndtmsg
    private const ushort TableName = 1; // NDTA_NAME
    private const ushort Statistics = 7; // NDTA_STATS

    private static readonly string[] Tables = ["arp_cache", "ndisc_cache"];
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal) { ["unresolved_discards"] = "unres_discards" };

    // struct ndt_stats, 64 bits each.
    private static readonly CounterName[] Fields =
    [
        .. new[]
        {
            "allocs", "destroys", "hash_grows", "res_failed", "lookups", "hits", "rcv_probes_mcast", "rcv_probes_ucast", "periodic_gc_runs",
            "forced_gc_runs", "table_fulls",
        }.Select(name => new CounterName(Group, name)),
    ];

    public string Name => "/proc/net/stat/{arp,ndisc}_cache";

    public IEnumerable<CounterReading> Read()
    {
        bool inFiles = false;
        foreach (string table in Tables)
        {
            if (ProcNet.TryReadLines(machine, $"{ProcNet.Folder}/stat/{table}") is { } lines)
            {
                inFiles = true;
                foreach (CounterReading reading in HexTable.Parse(lines, Name, Group, Renamed, "entries"))
                {
                    yield return Of(table, reading);
                }
            }
        }

        if (!inFiles)
        {
            foreach (CounterReading reading in Ask())
            {
                yield return reading;
            }
        }
    }

    private static CounterReading Of(string table, CounterReading reading) =>
        reading with { Instance = table, Class = table.StartsWith("arp", StringComparison.Ordinal) ? DropClass.Arp : DropClass.Neighbour };

    private List<CounterReading> Ask()
    {
        var readings = new List<CounterReading>();
        var request = new NetlinkRequest(GetTables, NetlinkFlags.Dump, "Reading the statistics of the neighbour tables");
        request.AddHeader(default(uint));
        route().Execute(request, (_, payload) => Decode(payload, readings));
        return readings;
    }

    internal static void Decode(ReadOnlySpan<byte> payload, List<CounterReading> readings)
    {
        if (payload.Length < HeaderSize)
        {
            throw new NetlinkFormatException("The kernel's description of a neighbour table is too short.");
        }

        string table = "";
        ReadOnlySpan<byte> statistics = default;
        var reader = new AttributeReader(payload[HeaderSize..]);
        while (reader.MoveNext())
        {
            switch (reader.Type)
            {
                case TableName:
                    table = SafeText.Escape(reader.ReadText());
                    break;
                case Statistics:
                    statistics = reader.Value;
                    break;
            }
        }

        // A message for each interface's own parameters follows, without statistics.
        ReadOnlySpan<long> values = MemoryMarshal.Cast<byte, long>(statistics);
        for (int i = 0; i < Math.Min(values.Length, Fields.Length); i++)
        {
            readings.Add(Of(table, new CounterReading(Fields[i], values[i])));
        }
    }
}
