using System.Globalization;
using DropMon.Counters;
using DropMon.Counters.Sources;
using DropMon.Machine;
using DropMon.Netfilter;

namespace DropMon.Evidence.Probes;

/// <summary>
/// The table of connections: how full it is, and what could not be tracked. Such packets are dropped in the same place as those that a rule
/// drops.
/// </summary>
internal sealed class ConntrackProbe(IMachine machine, Func<INetfilterKernel> open) : EvidenceProbe(machine, Scope)
{
    private const string CountPath = "/proc/sys/net/netfilter/nf_conntrack_count";
    private const string MaximumPath = "/proc/sys/net/netfilter/nf_conntrack_max";
    private const string Subject = "connection tracking";
    private const string FullText = "nf_conntrack: table full";
    private const string NamespaceText = " in netns ";

    /// <summary>How far from the drop, or from now, a line of the log may be. The kernel limits the rate of such lines.</summary>
    private static readonly TimeSpan Nearby = TimeSpan.FromMinutes(5);

    private static readonly EvidenceScope Scope = new("NETFILTER_DROP", "OVS_DROP_CONNTRACK")
    {
        Functions = ["nf_hook*", "nf_conntrack*", "__nf_conntrack*", "nf_reinject", "ovs_ct_*"],
    };

    public override IEnumerable<KeyValuePair<string, long>> Count(CancellationToken cancellationToken) =>
        Machine.ReadNumber(MaximumPath) is null ? [] : Totals(out _);

    public override IEnumerable<DropEvidence> Examine(EvidenceQuery query, CancellationToken cancellationToken)
    {
        if (Machine.ReadNumber(MaximumPath) is not { } maximum)
        {
            // Not loaded: nothing is tracked.
            yield break;
        }

        Dictionary<string, long> totals = Totals(out string? unread);
        if (Machine.ReadNumber(CountPath) is { } count)
        {
            KernelMessage? logged = totals.GetValueOrDefault("drop") > 0 ? TableFull(query, cancellationToken) : null;
            yield return Judge(query, count, maximum, unread is null ? totals : null, logged);
        }
        else
        {
            yield return Unreadable(query, CountPath);
        }

        if (unread is not null)
        {
            yield return Found(query, Subject, $"Its statistics were not read: {unread}", null, EvidenceVerdict.Neutral,
                "/proc/net/stat/nf_conntrack or conntrack -S");
        }
    }

    private Dictionary<string, long> Totals(out string? unread)
    {
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        unread = null;
        try
        {
            using INetfilterKernel kernel = open();
            foreach (CounterReading reading in new ConntrackSource(Machine, () => kernel).Read())
            {
                totals[reading.Counter.Name] = totals.GetValueOrDefault(reading.Counter.Name) + reading.Value;
            }
        }
        catch (DropMonException error)
        {
            unread = error.Message;
        }

        return totals;
    }

    // The counters have no time; the log has. Kernels that name the namespace do so for all but the first.
    private KernelMessage? TableFull(EvidenceQuery query, CancellationToken cancellationToken)
    {
        DateTimeOffset time = query.Timestamp ?? DateTimeOffset.UtcNow;
        ulong? own = OwnNetworkNamespace.Parse(Machine.ReadLink(OwnNetworkNamespace.Path));
        return Machine.ReadKernelLog(cancellationToken)?.LastOrDefault(message =>
            message.Text.Contains(FullText, StringComparison.Ordinal)
            && (!message.Text.Contains(NamespaceText, StringComparison.Ordinal)
                || message.Text.Contains($"{NamespaceText}{own},", StringComparison.Ordinal))
            && (time - message.Time).Duration() < Nearby);
    }

    private static DropEvidence Judge(EvidenceQuery query, long count, long maximum, Dictionary<string, long>? totals,
        KernelMessage? logged)
    {
        long Rise(string name) => query.Before.Rise(name, totals?.GetValueOrDefault(name) ?? 0);
        long Total(string name) => totals?.GetValueOrDefault(name) ?? 0;
        bool isFull = maximum > 0 && count >= maximum; // 0: no limit
        long dropped = Total("drop");
        long clashed = Total("insert_failed");
        long crowded = Total("chaintoolong");
        var parts = new List<string>
        {
            isFull ? $"The table is full: {count} connections are tracked, the maximum is {maximum}. A packet of a new connection is "
                + "dropped."
                : maximum == 0 ? $"{count} connections are tracked now; there is no maximum."
                : $"{count} of {maximum} connections are tracked now.",
        };
        if (dropped > 0)
        {
            // The kernel adds one to both where a connection clashes with one that was entered meanwhile.
            string times = Rise("drop") > 0 ? $"{Rise("drop")} of them {query.Before.Span}"
                : logged is not null ? "when is not counted" : "counted since this network namespace was made, when is not known";
            parts.Add($"{dropped} packets were dropped because they could not be tracked ({times})"
                + (clashed >= dropped ? ", which may all be clashes of new connections (insert_failed)."
                    : ": the table was full or memory was short."));
        }

        if (logged is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"At {logged.Time.ToLocalTime():HH:mm:ss} the kernel logged \"{logged.Text}\"."));
        }

        if (clashed > 0 || crowded > 0 || Total("early_drop") > 0)
        {
            parts.Add($"insert_failed is {clashed}, chaintoolong {crowded}, early_drop {Total("early_drop")}.");
        }

        if (isFull || dropped > clashed)
        {
            // Twice the maximum is a proposal: each connection takes some 300 bytes that cannot be swapped.
            string setting = string.Create(CultureInfo.InvariantCulture, $"net.netfilter.nf_conntrack_max={Math.Max(maximum, count) * 2}");
            parts.Add("Fix: find what opens the connections (conntrack -L), or raise the maximum, in the first network namespace: sudo "
                + $"sysctl -w {setting}");
        }

        return Found(
            query,
            Subject,
            totals is null || dropped > 0 || isFull ? string.Join(' ', parts)
                : $"{string.Join(' ', parts)} No packet was dropped for a full table in this network namespace.",
            totals is null ? string.Create(CultureInfo.InvariantCulture, $"{count}/{maximum}")
                : string.Create(CultureInfo.InvariantCulture, $"{count}/{maximum} drop={dropped}"),
            isFull || Rise("drop") > 0 || Rise("chaintoolong") > 0 || (logged is not null && dropped > clashed)
                ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral,
            $"{CountPath}, {MaximumPath}, /proc/net/stat/nf_conntrack or conntrack -S");
    }
}
