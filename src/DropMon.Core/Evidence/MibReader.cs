using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Machine;
using DropMon.Reasons;

namespace DropMon.Evidence;

/// <summary>Reads single counters from the kernel's MIB files.</summary>
internal sealed class MibReader(IMachine machine)
{
    private static readonly string[] Tables = ["/proc/net/snmp", "/proc/net/netstat"];
    private static readonly string[] Lists = ["/proc/net/snmp6", "/proc/net/xfrm_stat", "/proc/net/sctp/snmp"];

    /// <summary>The file that shows the counter; null where no MIB file does.</summary>
    public static string? PathOf(CounterName counter) => counter.Group switch
    {
        "Ip" or "Icmp" or "Tcp" or "Udp" or "UdpLite" => "/proc/net/snmp",
        "TcpExt" or "IpExt" or "MPTcpExt" => "/proc/net/netstat",
        "Ip6" or "Icmp6" or "Udp6" or "UdpLite6" => "/proc/net/snmp6",
        "Xfrm" => "/proc/net/xfrm_stat",
        "Sctp" => "/proc/net/sctp/snmp",
        _ => null,
    };

    /// <summary>What the files call the counter.</summary>
    public static string KeyOf(CounterName counter) => counter.Group + counter.Name;

    /// <summary>All counters of all files, by their keys.</summary>
    public IEnumerable<KeyValuePair<string, long>> ReadAll() =>
        from path in Tables.Concat(Lists)
        from reading in Read(path)
        select KeyValuePair.Create(KeyOf(reading.Counter), reading.Value);

    /// <summary>The counter's value; null where this kernel does not show it.</summary>
    public long? Read(CounterName counter) =>
        PathOf(counter) is { } path ? Read(path).FirstOrDefault(reading => reading.Counter == counter)?.Value : null;

    private IReadOnlyList<CounterReading> Read(string path)
    {
        if (ProcNet.TryReadLines(machine, path) is not { } lines)
        {
            return [];
        }

        try
        {
            return [.. Tables.Contains(path) ? MibTableSource.Parse(lines, path) : MibListSource.Parse(lines, path)];
        }
        catch (CounterSourceException)
        {
            // A file of another form is no witness.
            return [];
        }
    }
}
