using DropMon.Machine;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// /proc/net/softnet_stat: what each CPU did with frames from devices. One line a CPU that is online, no headings, hexadecimal.
/// </summary>
internal sealed class SoftnetSource(IMachine machine) : IDropCounterSource
{
    private const int CpuColumn = 12; // Linux 5.10

    private static readonly (int Column, CounterName Counter)[] Columns =
    [
        (0, new CounterName("Softnet", "processed")),
        (1, new CounterName("Softnet", "dropped")),
        (2, new CounterName("Softnet", "time_squeeze")),
        (9, new CounterName("Softnet", "received_rps")),
        (10, new CounterName("Softnet", "flow_limit_count")),
        (11, new CounterName("Softnet", "backlog_len")), // Linux 5.10
    ];

    public string Name => "/proc/net/softnet_stat";

    public IEnumerable<CounterReading> Read()
    {
        string[] lines = ProcNet.ReadLines(machine, $"{ProcNet.Folder}/softnet_stat");
        for (int line = 0; line < lines.Length; line++)
        {
            string[] words = ProcNet.Words(lines[line]);
            int cpu = words.Length > CpuColumn && ProcNet.TryParseHex(words[CpuColumn], out long number) ? (int)number : line;
            foreach ((int column, CounterName counter) in Columns)
            {
                if (column < words.Length)
                {
                    yield return ProcNet.TryParseHex(words[column], out long value)
                        ? new CounterReading(counter, value) { Cpu = cpu }
                        : throw CounterSourceException.Malformed(Name);
                }
            }
        }
    }
}
