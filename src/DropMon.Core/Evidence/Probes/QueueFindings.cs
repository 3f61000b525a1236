using System.Globalization;
using DropMon.Machine;
using DropMon.Netfilter;

namespace DropMon.Evidence.Probes;

/// <summary>What the queues of NFQUEUE say: one that no program listens to, or that was full, drops what a rule hands to it.</summary>
internal sealed class QueueFindings(IMachine machine, CounterMarks before)
{
    private const string NetlinkTable = "/proc/thread-self/net/netlink";
    private const string NetfilterProtocol = "12"; // NETLINK_NETFILTER

    /// <summary>The queues' counters of what they dropped.</summary>
    public static IEnumerable<KeyValuePair<string, long>> Count(IMachine machine) => (PacketQueue.Read(machine) ?? [])
        .SelectMany(queue => new[] { KeyValuePair.Create(FullOf(queue), queue.Full), KeyValuePair.Create(UnsentOf(queue), queue.Unsent) });

    /// <param name="drops">What the rules can drop with.</param>
    /// <param name="isInto">Whether the packet ended where a queue did not take it.</param>
    /// <param name="isBack">Whether the packet came back from a queue.</param>
    public IEnumerable<NetfilterFinding> Of(IReadOnlyList<NetfilterDrop> drops, bool isInto, bool isBack)
    {
        IReadOnlyList<PacketQueue>? queues = PacketQueue.Read(machine);
        NetfilterDrop[] rules = [.. drops.Where(drop => drop.Kind == NetfilterDropKind.Queue)];
        if (queues is null)
        {
            yield return new NetfilterFinding(PacketQueue.Path,
                $"{PacketQueue.Path} cannot be read here: whether programs listen to queues is not known.", null, EvidenceVerdict.Neutral,
                    PacketQueue.Path);
        }

        foreach (NetfilterDrop rule in rules)
        {
            yield return OfRule(rule, queues, isInto);
        }

        foreach (PacketQueue queue in queues ?? [])
        {
            NetfilterDrop[] feeding = [.. rules.Where(
                rule => rule.Queue is { First: { } first, Count: var count } && queue.Number >= first && queue.Number < first + count)];
            yield return OfQueue(queue, feeding, isBack, queues!.Count == 1);
        }
    }

    private NetfilterFinding OfRule(NetfilterDrop rule, IReadOnlyList<PacketQueue>? queues, bool isInto)
    {
        string text = $"It hands packets to a queue: {rule.Text}. {RuleFindings.Met(rule, before)}{RuleFindings.Remarks(rule)}";
        EvidenceVerdict verdict = EvidenceVerdict.Neutral;
        if (rule.Queue is not { First: { } first, Count: var count } queue)
        {
            text += " It computes the number of the queue, so the queue is unknown.";
        }
        else if (queues is not null)
        {
            int[] missing = [.. Enumerable.Range(first, count).Where(number => queues.All(open => open.Number != number))];
            string numbers = string.Join(", ", missing.Take(4)) + (missing.Length > 4 ? ", ..." : "");
            if (missing.Length > 0 && queue.Bypasses)
            {
                text += $" No program listens to queue {numbers}; the rule lets packets go on then (bypass).";
            }
            else if (missing.Length > 0)
            {
                text += $" No program listens to queue {numbers} now: what the rule hands there is dropped. Fix: start the program, or "
                    + "let packets go on without it (nft: queue flags bypass; iptables: --queue-bypass).";

                // The missing program is a witness where the drop's place says that a queue did not take the packet. Elsewhere only a rise
                // is.
                bool isMet = isInto ? rule.Packets is not 0 && rule.PacketsBefore is not 0 : RuleFindings.RiseOf(rule, before) > 0;
                verdict = isMet && rule.IsReachable ? EvidenceVerdict.Confirms : verdict;
            }
        }

        return new NetfilterFinding(rule.Place, text, rule.Packets?.ToString(CultureInfo.InvariantCulture), verdict,
            $"{RuleFindings.SourceOf(rule)}; {PacketQueue.Path}");
    }

    private NetfilterFinding OfQueue(PacketQueue queue, NetfilterDrop[] rules, bool isBack, bool isOnly)
    {
        string owner = Owner(queue.PortId);
        string value = string.Create(CultureInfo.InvariantCulture,
            $"queue_total={queue.Waiting} queue_dropped={queue.Full} user_dropped={queue.Unsent}");
        string subject = $"queue {queue.Number} of {owner}";
        var parts = new List<string>();
        long full = before.Rise(FullOf(queue), queue.Full);
        long unsent = before.Rise(UnsentOf(queue), queue.Unsent);
        if (queue.Full > 0)
        {
            parts.Add($"It was full for {queue.Full} packets{Times(full)}, which were dropped; {queue.Waiting} wait now. Fix: give the "
                + "program a longer queue (NFQA_CFG_QUEUE_MAXLEN), more queues or less to do.");
        }

        if (queue.Unsent > 0)
        {
            parts.Add($"{queue.Unsent} packets were dropped{Times(unsent)} because the program's socket had no room for them. Fix: give "
                + "it a larger receive buffer (net.core.rmem_max).");
        }

        if (parts.Count > 0 && !isBack)
        {
            return new NetfilterFinding(subject, string.Join(' ', parts), value, full + unsent > 0
                ? EvidenceVerdict.Confirms : EvidenceVerdict.Neutral, PacketQueue.Path);
        }

        string fed = rules.Length == 0 ? " No rule that was read hands packets to it."
            : $" Packets come from {string.Join(", ", rules.Select(rule => rule.Place).Distinct().Take(3))}.";
        return isBack && (isOnly ? rules.Any(rule => rule.Packets > 0) : rules.Any(rule => RuleFindings.RiseOf(rule, before) > 0))
            ? new NetfilterFinding(subject, "Packets come back from it with the program's verdict, and one was dropped there: by that "
                + $"verdict, or by a rule behind the queue.{fed}", value, EvidenceVerdict.Confirms, PacketQueue.Path)
            : new NetfilterFinding(subject, $"{owner} decides what becomes of its packets; the kernel does not count what the program "
                + $"drops.{fed}", value, EvidenceVerdict.Neutral, PacketQueue.Path);
    }

    private static string FullOf(PacketQueue queue) => $"queue {queue.Number} full";

    private static string UnsentOf(PacketQueue queue) => $"queue {queue.Number} unsent";

    private string Times(long rise) => rise > 0 ? $" ({rise} of them {before.Span})" : " (when is not known)";

    private string Owner(uint portId)
    {
        // sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode
        string port = portId.ToString(CultureInfo.InvariantCulture);
        string[]? row = machine.ReadFile(NetlinkTable)?.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words.Length > 9 && words[1] == NetfilterProtocol && words[2] == port);
        return row is not null && ulong.TryParse(row[9], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
            && SocketOwners.Find(machine, new HashSet<ulong> { inode }).TryGetValue(inode, out string? owner)
                ? owner
                : $"the socket with netlink port {port}";
    }
}
