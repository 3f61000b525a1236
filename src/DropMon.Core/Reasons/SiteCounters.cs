namespace DropMon.Reasons;

/// <summary>What a drop at one place raises.</summary>
/// <param name="Always">Each such drop raises these by one, the most telling first.</param>
/// <param name="Possible">A drop there may raise these, depending on the case.</param>
internal sealed record SiteCounters(IReadOnlyList<CounterName> Always, IReadOnlyList<CounterName> Possible)
{
    public static SiteCounters None { get; } = new([], []);

    /// <summary>Finds them as <see cref="DropClassifier"/> finds the type: the reason decides, refined by the function; without a reason the function.</summary>
    public static SiteCounters Find(DropKnowledge knowledge, string? reason, string? subsystem, string? function)
    {
        bool reasonTells = ReasonName.SaysWhy(reason);
        if (reasonTells && knowledge.FindReason(subsystem ?? KernelReasonTable.CoreSubsystem, reason!) is { } entry)
        {
            SiteEntry? site = function is null ? null : entry.FindSite(function);
            return Create(site?.Counters ?? entry.Counters, site?.PossibleCounters ?? entry.PossibleCounters);
        }

        if (function is null || knowledge.FindFunction(function) is not { } known)
        {
            return None;
        }

        // A newer kernel's reason may be another case than the function's usual one.
        return reasonTells
            ? Create([], [.. known.Counters ?? [], .. known.PossibleCounters ?? []])
            : Create(known.Counters ?? [], known.PossibleCounters ?? []);
    }

    private static SiteCounters Create(IReadOnlyList<CounterName> always, IReadOnlyList<CounterName> possible) =>
        new(always, [.. possible.Where(counter => !always.Contains(counter))]);
}
