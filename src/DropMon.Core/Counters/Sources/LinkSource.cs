using DropMon.Counters.Tables;
using DropMon.Reasons;

namespace DropMon.Counters.Sources;

/// <summary>The standard statistics of each interface, all of struct rtnl_link_stats64.</summary>
internal sealed class LinkSource(LinkTable links) : IDropCounterSource
{
    private static readonly CounterName[] Fields =
    [
        .. new[]
        {
            "rx_packets", "tx_packets", "rx_bytes", "tx_bytes", "rx_errors", "tx_errors", "rx_dropped", "tx_dropped", "multicast",
            "collisions",
            "rx_length_errors", "rx_over_errors", "rx_crc_errors", "rx_frame_errors", "rx_fifo_errors", "rx_missed_errors",
            "tx_aborted_errors",
            "tx_carrier_errors", "tx_fifo_errors", "tx_heartbeat_errors", "tx_window_errors", "rx_compressed", "tx_compressed",
            "rx_nohandler", // Linux 4.6
            "rx_otherhost_dropped", // Linux 5.19
        }.Select(name => new CounterName("Device", name)),
    ];

    public string Name => "rtnetlink RTM_GETLINK";

    public IEnumerable<CounterReading> Read()
    {
        foreach (KernelLink link in links.Links)
        {
            for (int i = 0; i < Math.Min(link.Statistics.Length, Fields.Length); i++)
            {
                yield return new CounterReading(Fields[i], link.Statistics[i])
                {
                    InterfaceName = link.SafeName,
                    DeviceKind = link.Kind,
                    Class = link.Class
                };
            }
        }
    }
}
