using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>The tables of /proc/net/stat: a line of names, then a line of hexadecimal values for each possible CPU.</summary>
internal static class HexTable
{
    /// <summary>The counters, one for each CPU.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <param name="group">The counters' group.</param>
    /// <param name="rename">Names that the table spells otherwise than the kernel's own structures.</param>
    /// <param name="shared">Columns that show the same number on each line.</param>
    public static IEnumerable<CounterReading> Parse(
        string[] lines, string source, string group, IReadOnlyDictionary<string, string> rename, string shared)
    {
        if (lines.Length == 0)
        {
            throw CounterSourceException.Malformed(source);
        }

        CounterName[] names = [.. ProcNet.Words(lines[0]).Select(name => new CounterName(group, rename.GetValueOrDefault(name, name)))];
        for (int cpu = 0; cpu + 1 < lines.Length; cpu++)
        {
            string[] values = ProcNet.Words(lines[cpu + 1]);
            for (int i = 0; i < Math.Min(names.Length, values.Length); i++)
            {
                if (!ProcNet.TryParseHex(values[i], out long value))
                {
                    throw CounterSourceException.Malformed(source);
                }

                bool isShared = names[i].Name == shared;
                if (!isShared || cpu == 0)
                {
                    yield return new CounterReading(names[i], value) { Cpu = isShared ? null : cpu };
                }
            }
        }
    }
}
