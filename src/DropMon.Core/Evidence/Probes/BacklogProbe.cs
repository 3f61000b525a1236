using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The per-CPU queue behind the devices: its limit and what each CPU dropped.</summary>
internal sealed class BacklogProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("CPU_BACKLOG") { Functions = ["enqueue_to_backlog", "netif_rx*", "__netif_rx"] };

    private const string LimitPath = "/proc/sys/net/core/netdev_max_backlog";
    private const string StatisticsPath = "/proc/net/softnet_stat";

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        long? most = Machine.ReadNumber(LimitPath);
        yield return most is { } limit
            ? Found(query, "net.core.netdev_max_backlog", $"Up to {limit} packets may wait for each CPU.", limit.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Neutral, LimitPath)
            : Unreadable(query, LimitPath);

        if (Machine.ReadFile(StatisticsPath, cancellationToken) is not { } statistics)
        {
            yield return Unreadable(query, StatisticsPath);
            yield break;
        }

        int shown = 0;
        int row = 0;
        foreach (string line in statistics.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // processed dropped time_squeeze ... flow_limit_count backlog_len index, all hexadecimal; the index is the CPU.
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 1 && TryParse(fields[1], out long dropped) && dropped > 0)
            {
                shown++;
                long cpu = fields.Length > 12 && TryParse(fields[12], out long index) ? index : row;
                bool isFull = most > 0 && fields.Length > 11 && TryParse(fields[11], out long waiting) && waiting >= most;
                yield return Found(
                    query,
                    $"CPU {cpu}",
                    isFull ? $"Its backlog is full now, and has dropped {dropped} packets since boot." : $"Its backlog has dropped {dropped} packets since boot; it has room now.",
                    dropped.ToString(CultureInfo.InvariantCulture),
                    isFull ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                    StatisticsPath);
            }

            row++;
        }

        if (shown == 0)
        {
            yield return Found(query, "all CPUs", "No backlog of a CPU that is online has dropped a packet since boot.", "0", EvidenceVerdict.Neutral, StatisticsPath);
        }
    }

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
