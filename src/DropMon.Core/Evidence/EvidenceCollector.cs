using DropMon.Evidence.Probes;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Reasons;

namespace DropMon.Evidence;

/// <summary>Asks every probe that has something to look at.</summary>
internal sealed class EvidenceCollector(DropKnowledge knowledge, IReadOnlyList<IEvidenceProbe> probes)
{
    private static readonly TimeSpan ToolTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A collector with all probes.</summary>
    /// <param name="machine">The machine to look at; null for this one.</param>
    /// <param name="knowledge">The reasons and their counters; null for those built in.</param>
    /// <param name="netfilter">Opens the way to netfilter's rules; null for this kernel's.</param>
    public static EvidenceCollector Create(IMachine? machine = null, DropKnowledge? knowledge = null, Func<INetfilterKernel>? netfilter = null)
    {
        netfilter ??= static () => new NetfilterKernel();
        machine ??= new LocalMachine(ToolTimeout);
        knowledge ??= DropKnowledge.Embedded;
        return new EvidenceCollector(
            knowledge,
        [
            new CounterProbe(machine, knowledge),
            new BoundSocketProbe(machine),
            new ReceiveBufferProbe(machine),
            new SocketMemoryProbe(machine),
            new ListenQueueProbe(machine),
            new ReversePathProbe(machine),
            new ForwardingProbe(machine),
            new FragmentProbe(machine),
            new Ipv6DisabledProbe(machine),
            new NeighbourProbe(machine),
            new ConntrackProbe(machine, netfilter),
            new NetfilterProbe(machine, netfilter),
            new QdiscProbe(machine),
            new BacklogProbe(machine),
            new LinkProbe(machine),
        ]);
    }

    /// <summary>Looks at the machine now; lazily, probe by probe.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public IEnumerable<DropEvidence> Collect(EvidenceQuery query, CancellationToken cancellationToken = default)
    {
        if (query.Reason is { } reason && !knowledge.Contains(query.Subsystem, reason))
        {
            query = query with { IsReasonKnown = false };
        }

        foreach (IEvidenceProbe probe in probes.Where(probe => probe.Covers(query)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (DropEvidence evidence in probe.Examine(query, cancellationToken))
            {
                yield return evidence;
            }
        }
    }
}
