using System.Globalization;
using DropMon.Counters.Tables;
using DropMon.Evidence.Probes;
using DropMon.Logging;
using DropMon.Machine;
using DropMon.Netfilter;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>Asks every probe that has something to look at.</summary>
internal sealed class EvidenceCollector(
    IMachine machine, DropKnowledge knowledge, IReadOnlyList<IEvidenceProbe> probes, IEvidenceClock clock)
{
    private readonly CounterBaseline _baseline = new(clock);

    public IReadOnlyList<IEvidenceProbe> Probes => probes;

    /// <summary>A collector with all probes.</summary>
    /// <param name="machine">The machine to look at; null for this one.</param>
    /// <param name="knowledge">The reasons and their counters; null for those built in.</param>
    /// <param name="tables">The kernel's tables; null for those of this machine.</param>
    /// <param name="netfilter">Opens the way to netfilter's rules; null for this kernel's.</param>
    /// <param name="clock">The time between two readings of counters; null for the real one.</param>
    public static EvidenceCollector Create(
        IMachine? machine = null,
        DropKnowledge? knowledge = null,
        IKernelTables? tables = null,
        Func<INetfilterKernel>? netfilter = null,
        IEvidenceClock? clock = null)
    {
        netfilter ??= static () => new NetfilterKernel();
        machine ??= new LocalMachine();
        knowledge ??= DropKnowledge.Embedded;
        tables ??= new KernelTables(machine);
        return new EvidenceCollector(
            machine,
            knowledge,
            [
                new CounterProbe(machine, knowledge),
                new BoundSocketProbe(machine, tables),
                new ReceiveBufferProbe(machine, tables),
                new PacketSocketProbe(machine, tables),
                new SocketMemoryProbe(machine),
                new ListenQueueProbe(machine, tables),
                new ReversePathProbe(machine, tables),
                new ForwardingProbe(machine, tables),
                new FragmentProbe(machine),
                new Ipv6DisabledProbe(machine),
                new NeighbourProbe(machine, tables),
                new NetfilterProbe(machine, netfilter),
                new ConntrackProbe(machine, netfilter),
                new QdiscProbe(machine, tables),
                new BacklogProbe(machine),
                new LinkProbe(machine, tables),
            ],
            clock ?? new EvidenceClock());
    }

    /// <summary>Reads what all counters stand at, so that what rises from here on is a witness.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public void Mark(CancellationToken cancellationToken)
    {
        foreach (IEvidenceProbe probe in probes)
        {
            _baseline.Read(probe, cancellationToken);
        }
    }

    /// <summary>Looks at the machine now; lazily, probe by probe.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public IEnumerable<DropEvidence> Collect(EvidenceQuery query, CancellationToken cancellationToken = default)
    {
        if (query.Reason is { } reason && !knowledge.Contains(query.Subsystem, reason))
        {
            query = query with { IsReasonKnown = false };
        }

        IEvidenceProbe[] able = [.. probes.Where(probe => probe.Covers(query))];
        DropEvidence[] reservations = able.Length == 0 ? [] : [.. Reservations(query)];
        foreach (DropEvidence reservation in reservations)
        {
            yield return reservation;
        }

        bool isElsewhere = reservations.Any(reservation => reservation.Source != InterfaceName.Rule);
        if (!isElsewhere)
        {
            foreach (IEvidenceProbe probe in able)
            {
                _baseline.Read(probe, cancellationToken);
            }

            _baseline.Wait(able, cancellationToken);
        }

        foreach (IEvidenceProbe probe in able)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EvidenceQuery asked = isElsewhere ? query : query with { Before = _baseline.Of(probe) };
            var clock = new LogClock();
            DropEvidence[] found = [.. probe.Examine(asked, cancellationToken)];
            DropMonEvents.Log.ProbeRun(probe.GetType().Name, Plural.Of(found.Length, "finding"), clock.Milliseconds);
            foreach (DropEvidence evidence in found)
            {
                // What another machine or network namespace shows is worth knowing, and decides nothing.
                yield return isElsewhere ? evidence with { Verdict = EvidenceVerdict.Neutral } : evidence;
            }
        }
    }

    private IEnumerable<DropEvidence> Reservations(EvidenceQuery query)
    {
        if (query.HasImpossibleInterface)
        {
            yield return EvidenceProbe.Found(
                query, "interface", "The drop names an interface that no kernel allows, so it was not looked up.", null,
                    EvidenceVerdict.Neutral, InterfaceName.Rule);
        }

        if (query.ComputerName is { } computer)
        {
            yield return EvidenceProbe.Found(
                query, "computer", $"The drop happened on {computer}; what follows is this computer's.", computer, EvidenceVerdict.Neutral,
                    "the alert");
        }
        else if (query.NetworkNamespace is { } inode && machine.ReadLink(OwnNetworkNamespace.Path) is { } own
            && own != string.Create(CultureInfo.InvariantCulture, $"net:[{inode}]"))
        {
            yield return EvidenceProbe.Found(
                query,
                "network namespace",
                $"The drop happened in the network namespace {inode}; what follows is of {own}. Look there: nsenter -t PID -n.",
                own,
                EvidenceVerdict.Neutral,
                OwnNetworkNamespace.Path);
        }
    }
}
