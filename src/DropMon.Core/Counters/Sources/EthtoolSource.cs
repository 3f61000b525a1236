using DropMon.Counters.Tables;
using DropMon.Native;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>The drivers' own statistics, those whose names speak of drops: what <c>ethtool -S</c> shows (ETHTOOL_GSTATS).</summary>
internal sealed class EthtoolSource(LinkTable links) : IDropCounterSource
{
    private static readonly string[] Words =
        ["drop", "discard", "miss", "no_buf", "nobuf", "no_buffer", "out_of_buf", "err", "overflow", "overrun", "over_run", "fifo", "crc"];

    public string Name => "ethtool statistics";

    public IEnumerable<CounterReading> Read()
    {
        using var ethtool = EthtoolStatistics.Open();
        foreach (KernelLink link in links.Links)
        {
            foreach ((string name, long value) in ethtool.Read(link.Name))
            {
                if (SpeaksOfDrops(name))
                {
                    yield return new CounterReading(
                        new CounterName("Ethtool", SafeText.Escape(name)), value)
                    { InterfaceName = link.SafeName, Class = link.Class };
                }
            }
        }
    }

    internal static bool SpeaksOfDrops(string name) => Array.Exists(Words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
