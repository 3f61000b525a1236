using DropMon.Machine;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>Datagrams that wait for their fragments, and the memory they take: the lines FRAG of sockstat and FRAG6 of sockstat6.</summary>
internal sealed class FragmentQueueSource(IMachine machine) : IDropCounterSource
{
    public string Name => "/proc/net/sockstat";

    public IEnumerable<CounterReading> Read() =>
        Parse(ProcNet.ReadLines(machine, $"{ProcNet.Folder}/sockstat"), "FRAG").Concat(
            Parse(ProcNet.TryReadLines(machine, $"{ProcNet.Folder}/sockstat6") ?? [], "FRAG6"));

    private static IEnumerable<CounterReading> Parse(string[] lines, string group)
    {
        // FRAG: inuse 0 memory 0
        string[] words = ProcNet.Words(Array.Find(lines, line => line.StartsWith(group + ":", StringComparison.Ordinal)) ?? "");
        for (int i = 1; i + 1 < words.Length; i += 2)
        {
            if (ProcNet.TryParse(words[i + 1], out long value))
            {
                yield return new CounterReading(new CounterName(group, words[i]), value);
            }
        }
    }
}
