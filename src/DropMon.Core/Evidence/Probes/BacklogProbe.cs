using System.Globalization;
using DropMon.Machine;

namespace DropMon.Evidence.Probes;

/// <summary>The per-CPU queue behind the devices: its limit and what each CPU dropped.</summary>
internal sealed class BacklogProbe(IMachine machine) : EvidenceProbe(machine, Scope)
{
    private static readonly EvidenceScope Scope = new("CPU_BACKLOG") { Functions = ["enqueue_to_backlog", "netif_rx*", "__netif_rx"] };

    private const string LimitPath = "/proc/sys/net/core/netdev_max_backlog";
    private const string StatisticsPath = "/proc/net/softnet_stat";

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) =>
        Parse(Machine.ReadFile(StatisticsPath, cancellationToken) ?? "")
            .Select(backlog => KeyValuePair.Create(backlog.Counter, backlog.Dropped));

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        long? most = Machine.ReadNumber(LimitPath);
        yield return most is { } limit
            ? Found(query, "net.core.netdev_max_backlog", $"Up to {limit} packets may wait for each CPU.",
                limit.ToString(CultureInfo.InvariantCulture), EvidenceVerdict.Neutral, LimitPath)
            : Unreadable(query, LimitPath);

        if (Machine.ReadFile(StatisticsPath, cancellationToken) is not { } statistics)
        {
            yield return Unreadable(query, StatisticsPath);
            yield break;
        }

        int shown = 0;
        foreach (Backlog backlog in Parse(statistics).Where(backlog => backlog.Dropped > 0))
        {
            shown++;
            bool isFull = most > 0 && backlog.Waiting >= most;
            long rise = query.Before.Rise(backlog.Counter, backlog.Dropped);
            string times = rise > 0 ? $", {rise} of them {query.Before.Span}" : "; when is not known";
            yield return Found(
                query,
                backlog.Counter,
                $"Its backlog has dropped {backlog.Dropped} packets since boot{times}. It {(isFull ? "is full" : "has room")} now.",
                backlog.Dropped.ToString(CultureInfo.InvariantCulture),
                isFull || rise > 0 ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
                StatisticsPath);
        }

        if (shown == 0)
        {
            yield return Found(query, "all CPUs", "No backlog of a CPU that is online has dropped a packet since boot.", "0",
                EvidenceVerdict.Neutral, StatisticsPath);
        }
    }

    // processed dropped time_squeeze ... flow_limit_count backlog_len index, all hexadecimal; the index is the CPU.
    private static IEnumerable<Backlog> Parse(string statistics)
    {
        int row = 0;
        foreach (string line in statistics.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 1 && TryParse(fields[1], out long dropped))
            {
                long? waiting = fields.Length > 11 && TryParse(fields[11], out long length) ? length : null;
                yield return new Backlog(fields.Length > 12 && TryParse(fields[12], out long index) ? index : row, dropped, waiting);
            }

            row++;
        }
    }

    private static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private sealed record Backlog(long Cpu, long Dropped, long? Waiting)
    {
        public string Counter { get; } = string.Create(CultureInfo.InvariantCulture, $"CPU {Cpu}");
    }
}
