namespace DropMon.Reasons;

/// <summary>What a drop at one place raises.</summary>
/// <param name="Always">Each such drop raises these by one, the most telling first.</param>
/// <param name="Possible">A drop there may raise these, depending on the case.</param>
internal sealed record SiteCounters(IReadOnlyList<CounterName> Always, IReadOnlyList<CounterName> Possible)
{
    /// <summary>Finds them as the type is found: by reason and function, and by the variant that the drop was explained by.</summary>
    public static SiteCounters Find(DropKnowledge knowledge, string? reason, string? subsystem, string? function, string? explanation)
    {
        SiteKnowledge known = knowledge.FindSite(reason, subsystem, function).Explaining(explanation);
        return Create(known.Counters, known.PossibleCounters);
    }

    private static SiteCounters Create(IReadOnlyList<CounterName> always, IReadOnlyList<CounterName> possible) =>
        new(always, [.. possible.Where(counter => !always.Contains(counter))]);
}
