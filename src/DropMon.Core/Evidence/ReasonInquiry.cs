using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Evidence;

/// <summary>Answers what people ask of reasons: which there are, what they mean, and what this machine shows of them now.</summary>
internal sealed class ReasonInquiry(DropReasonCatalog catalog, EvidenceCollector collector)
{
    public static ReasonInquiry OfThisMachine() =>
        new(DropReasonCatalog.OfThisMachine(), EvidenceCollector.Create());

    /// <inheritdoc cref="DropReasonCatalog.Find"/>
    /// <exception cref="ReasonException">A name without wildcards that is unknown, or a text that is no pattern.</exception>
    public IReadOnlyList<DropReasonInfo> Find(string? name, DropClass? dropClass = null, string? subsystem = null)
    {
        NamePattern? names = Parse(name is null ? null : ReasonName.WithoutPrefix(name));
        DropReasonInfo[] found = [.. catalog.Find(names, dropClass, Parse(subsystem))];
        if (found.Length > 0 || names?.Name is null)
        {
            return found;
        }

        if (catalog.FindPlace(name!) is { } place && (dropClass is null || place.Class == dropClass) && subsystem is null)
        {
            return [place];
        }

        return catalog.Find(names).Any() ? found : throw catalog.Unknown(name!);
    }

    /// <summary>
    /// Finds the reason of an alert, as it is meant at the place of that drop; without a reason that says why, what is known of the place.
    /// </summary>
    /// <exception cref="ReasonException">The alert has neither reason nor place.</exception>
    public DropReasonInfo Find(DropAlert alert)
    {
        DropReasonInfo known = OfReason(alert) ?? OfPlace(alert) ?? throw ReasonException.Absent(alert);
        return catalog.Refine(known, alert) with
        {
            Class = alert.Class,
            Significance = alert.Significance,
            Meaning = alert.Explanation
            ?? known.Meaning
        };
    }

    /// <summary>Says that evidence will be asked for: what counters do from here on is compared with how they stand.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public void Prepare(CancellationToken cancellationToken) => collector.Mark(cancellationToken);

    /// <summary>The reason with what this machine shows of it now.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="alert">An alert of it, whose interface, addresses and ports are looked for; null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public DropReasonInfo Examine(DropReasonInfo reason, DropAlert? alert, CancellationToken cancellationToken)
    {
        EvidenceQuery query = alert is null ? EvidenceQuery.Of(reason) : EvidenceQuery.Of(alert);
        return reason with { Evidence = [.. collector.Collect(query, cancellationToken)] };
    }

    private static NamePattern? Parse(string? text) =>
        text is null ? null : NamePattern.TryParse(text, out NamePattern? pattern, out string? fault)
            ? pattern : throw ReasonException.NoPattern(text, fault);

    // A reason that says nothing has the causes of its place. One of a newer kernel has a name and nothing else.
    private DropReasonInfo? OfReason(DropAlert alert)
    {
        if (alert.Reason is not { } reason)
        {
            return null;
        }

        string subsystem = alert.ReasonSubsystem ?? KernelReasonTable.CoreSubsystem;
        DropReasonInfo known = catalog.Find(NamePattern.Of(reason), subsystem: NamePattern.Of(subsystem)).FirstOrDefault()
            ?? new DropReasonInfo { Name = reason, Subsystem = subsystem };
        return ReasonName.SaysWhy(reason) || OfPlace(alert) is not { } place
            ? known : place with { Name = known.Name, Subsystem = known.Subsystem };
    }

    private DropReasonInfo? OfPlace(DropAlert alert) =>
        (alert.TrapName ?? alert.Function) is not { } name ? null
        : catalog.FindPlace(name) ?? new DropReasonInfo
        {
            Name = name,
            Subsystem = alert.TrapName is null
            ? DropReasonInfo.FunctionSubsystem : DropReasonInfo.TrapSubsystem
        };
}
