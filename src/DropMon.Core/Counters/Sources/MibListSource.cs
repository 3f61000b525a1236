using DropMon.Machine;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Files with a name and a value a line, the name beginning with the group: snmp6, xfrm_stat, sctp/snmp.</summary>
/// <param name="machine">The machine.</param>
/// <param name="file">The file, below /proc/net.</param>
/// <param name="isOptional">Whether kernels without the file are in order.</param>
internal sealed class MibListSource(IMachine machine, string file, bool isOptional) : IDropCounterSource
{
    // The longer name first where one begins with the other.
    private static readonly string[] Groups = ["UdpLite6", "Icmp6", "Udp6", "Ip6", "Xfrm", "Sctp"];

    private readonly string _path = $"{ProcNet.Folder}/{file}";

    public string Name { get; } = $"/proc/net/{file}";

    public IEnumerable<CounterReading> Read() => ProcNet.TryReadLines(machine, _path) is { } lines
        ? Parse(lines, Name)
        : isOptional ? [] : throw CounterSourceException.Unreadable(Name);

    /// <summary>The counters of such a file; a line of no known group is no counter.</summary>
    public static IEnumerable<CounterReading> Parse(IEnumerable<string> lines, string name)
    {
        foreach (string line in lines)
        {
            if (ProcNet.Words(line) is not [string key, string text] || !ProcNet.TryParse(text, out long value))
            {
                throw CounterSourceException.Malformed(name);
            }

            if (Array.Find(Groups, group => key.Length > group.Length && key.StartsWith(group, StringComparison.Ordinal)) is { } found)
            {
                yield return new CounterReading(new CounterName(found, key[found.Length..]), value);
            }
        }
    }
}
