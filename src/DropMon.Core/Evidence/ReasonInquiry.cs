using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>Answers what people ask of reasons: which there are, what they mean, and what this machine shows of them now.</summary>
internal sealed class ReasonInquiry(DropReasonCatalog catalog, EvidenceCollector collector)
{
    public static ReasonInquiry OfThisMachine() =>
        new(DropReasonCatalog.OfThisMachine(), EvidenceCollector.Create());

    /// <inheritdoc cref="DropReasonCatalog.Find"/>
    /// <exception cref="ReasonException">A name without wildcards that nobody knows.</exception>
    public IReadOnlyList<DropReasonInfo> Find(string? name, DropClass? dropClass = null, string? subsystem = null)
    {
        DropReasonInfo[] found = [.. catalog.Find(name, dropClass, subsystem)];
        return found.Length > 0 || name is null || NamePattern.IsPattern(name) || catalog.Find(name).Any() ? found : throw catalog.Unknown(name);
    }

    /// <summary>Finds the reason of an alert, as it is meant at the place of that drop.</summary>
    /// <exception cref="ReasonException">The alert has none.</exception>
    public DropReasonInfo Find(DropAlert alert)
    {
        string reason = alert.Reason ?? throw ReasonException.Absent(alert);
        DropReasonInfo known = catalog.Find(reason, subsystem: alert.ReasonSubsystem ?? KernelReasonTable.CoreSubsystem).FirstOrDefault()
            ?? throw ReasonException.Unknown(reason, []);
        return known with { Class = alert.Class, Significance = alert.Significance, Meaning = alert.Explanation ?? known.Meaning };
    }

    /// <summary>The reason with what this machine shows of it now.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="alert">An alert with that reason, whose interface, addresses and ports are looked for; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public DropReasonInfo Examine(DropReasonInfo reason, DropAlert? alert, CancellationToken cancellationToken)
    {
        EvidenceQuery query = (alert is null ? null : EvidenceQuery.Of(alert)) ?? new EvidenceQuery { Reason = reason.Name, Subsystem = reason.Subsystem };
        return reason with { Evidence = [.. collector.Collect(query, cancellationToken)] };
    }
}
