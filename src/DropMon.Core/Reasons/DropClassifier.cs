namespace DropMon.Reasons;

/// <summary>
/// Classifies by the knowledge file. The reason decides, refined by the function where one reason means different things
/// at different places; without a reason the function decides; with a reason that is not known here, the function
/// still gives the class. It keeps nothing: whoever asks holds on to the answer.
/// </summary>
internal sealed class DropClassifier(DropKnowledge knowledge) : IDropClassifier
{
    public DropClassification Classify(string? reason, string? subsystem, string? function)
    {
        if (ReasonName.SaysWhy(reason) && knowledge.FindReason(subsystem ?? KernelReasonTable.CoreSubsystem, reason) is { } entry)
        {
            return FromReason(entry, function);
        }

        SiteEntry? site = function is null ? null : knowledge.FindFunction(function);
        return ReasonName.SaysWhy(reason) ? FromUnknownReason(site, reason) : FromFunction(site, reason);
    }

    public DropClassification ClassifyTrap(string trap, string? group) =>
        knowledge.FindTrap(trap) is { } entry
            ? new DropClassification(entry.Class, trap, entry.Significance, entry.Meaning)
            : new DropClassification(DropClass.Hardware, trap, DropSignificance.Unknown, null);

    private DropClassification FromReason(ReasonEntry entry, string? function)
    {
        SiteEntry? site = function is null ? null : entry.FindSite(function);
        DropClass dropClass = site?.Class ?? entry.Class;
        if (dropClass == DropClass.Unknown && function is not null)
        {
            dropClass = knowledge.FindFunction(function)?.Class ?? DropClass.Unknown;
        }

        return new DropClassification(
            dropClass,
            TypeOf(site?.Counters ?? entry.Counters) ?? entry.Name,
            site?.Significance ?? entry.Significance,
            site?.Meaning ?? entry.Meaning);
    }

    private static DropClassification FromFunction(SiteEntry? site, string? reason) =>
        new(site?.Class ?? DropClass.Unknown, TypeOf(site?.Counters) ?? reason, site?.Significance ?? DropSignificance.Unknown, site?.Meaning);

    /// <summary>A newer kernel's reason: its name says more than the function's usual counter or sentence, which may not apply.</summary>
    private static DropClassification FromUnknownReason(SiteEntry? site, string reason) =>
        new(site?.Class ?? DropClass.Unknown, reason, DropSignificance.Unknown, null);

    /// <summary>A socket's own count of drops belongs to no MIB: it says where, not what.</summary>
    private static string? TypeOf(IReadOnlyList<CounterName>? counters)
    {
        for (int i = 0; i < counters?.Count; i++)
        {
            if (counters[i].Group != CounterName.SocketGroup)
            {
                return counters[i].Name;
            }
        }

        return null;
    }
}
