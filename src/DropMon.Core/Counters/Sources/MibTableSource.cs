using DropMon.Machine;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>
/// /proc/net/snmp (IPv4, ICMP, TCP, UDP) and /proc/net/netstat (TcpExt, IpExt, MPTcpExt): a line of names, then a line of values, both
/// beginning with the group.
/// </summary>
internal sealed class MibTableSource(IMachine machine, string file) : IDropCounterSource
{
    private readonly string _path = $"{ProcNet.Folder}/{file}";

    public string Name { get; } = $"/proc/net/{file}";

    public IEnumerable<CounterReading> Read() => Parse(ProcNet.ReadLines(machine, _path), Name);

    /// <summary>The counters of such a file.</summary>
    public static IEnumerable<CounterReading> Parse(IReadOnlyList<string> lines, string name)
    {
        for (int line = 0; line + 1 < lines.Count; line += 2)
        {
            string[] names = ProcNet.Words(lines[line]);
            string[] values = ProcNet.Words(lines[line + 1]);
            if (names.Length != values.Length || names[0] != values[0] || !names[0].EndsWith(':'))
            {
                throw CounterSourceException.Malformed(name);
            }

            string group = names[0][..^1];
            for (int i = 1; i < names.Length; i++)
            {
                yield return ProcNet.TryParse(values[i], out long value)
                    ? new CounterReading(new CounterName(group, names[i]), value)
                    : throw CounterSourceException.Malformed(name);
            }
        }
    }
}
