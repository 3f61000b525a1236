using System.Globalization;
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
    public IEnumerable<KeyValuePair<string, long>> ReadAll() => Tables.SelectMany(FromTable).Concat(Lists.SelectMany(FromList));

    /// <summary>The counter's value; null where this kernel does not show it.</summary>
    public long? Read(CounterName counter) =>
        PathOf(counter) is { } path && machine.ReadFile(path) is { } text
            ? path is "/proc/net/snmp" or "/proc/net/netstat" ? FromTable(text, counter) : FromList(text, counter.Group + counter.Name)
            : null;

    private IEnumerable<KeyValuePair<string, long>> FromTable(string path)
    {
        string[][] lines = [.. (machine.ReadFile(path) ?? "").Split('\n').Select(line => line.Split(' '))];
        for (int line = 0; line + 1 < lines.Length; line++)
        {
            (string[] names, string[] values) = (lines[line], lines[line + 1]);
            for (int i = 1; names[0] == values[0] && i < Math.Min(names.Length, values.Length); i++)
            {
                if (Number(values[i]) is { } value)
                {
                    yield return KeyValuePair.Create(names[0].TrimEnd(':') + names[i], value);
                }
            }
        }
    }

    private IEnumerable<KeyValuePair<string, long>> FromList(string path) =>
        from line in (machine.ReadFile(path) ?? "").Split('\n')
        let words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        where words.Length == 2 && Number(words[1]) is not null
        select KeyValuePair.Create(words[0], Number(words[1])!.Value);

    // A line of names and a line of values, both beginning with the group.
    private static long? FromTable(string text, CounterName counter)
    {
        string prefix = counter.Group + ": ";
        string[] lines = [.. text.Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Take(2)];
        if (lines.Length < 2)
        {
            return null;
        }

        string[] values = lines[1].Split(' ');
        int column = Array.IndexOf(lines[0].Split(' '), counter.Name);
        return column > 0 && column < values.Length ? Number(values[column]) : null;
    }

    // A name and a value a line; the name begins with the group.
    private static long? FromList(string text, string name)
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [string key, string value] && key == name)
            {
                return Number(value);
            }
        }

        return null;
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
}
