using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// Connection tracking, for each CPU: /proc/net/stat/nf_conntrack, or by netlink where the kernel has no such file. To ask by netlink
/// loads the module, so that is done only where it is loaded.
/// </summary>
internal sealed class ConntrackSource(IMachine machine, Func<INetfilterKernel> netfilter) : IDropCounterSource
{
    private const string Group = "Conntrack";
    private const string LoadedMark = "/proc/sys/net/netfilter/nf_conntrack_max";

    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["icmp_error"] = "error",
        ["clashres"] = "clash_resolve",
        ["chainlength"] = "chaintoolong"
    };

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
        netfilter().Execute(
            ConntrackStatistics.Request(),
            (_, payload) =>
                ConntrackStatistics.Decode(
                    payload, (name, cpu, value) => readings.Add(new CounterReading(new CounterName(Group, name), value) { Cpu = cpu })));
        return readings;
    }
}
