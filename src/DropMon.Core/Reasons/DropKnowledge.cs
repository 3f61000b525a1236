namespace DropMon.Reasons;

/// <summary>
/// The knowledge file: what the kernel does not say of its drops, that is class, counters, significance and
/// explanation per reason, per function and per devlink trap. An entry is parsed when it is asked for.
/// </summary>
internal sealed class DropKnowledge
{
    private const string ResourceName = "DropMon.Reasons.drop-knowledge.json";
    private static readonly Lazy<DropKnowledge> LazyEmbedded = new(LoadEmbedded);
    private readonly byte[] _json;
    private readonly KnowledgeIndex _index;

    private DropKnowledge(byte[] json)
    {
        _json = json;
        _index = KnowledgeIndex.Build(json);
    }

    /// <summary>The file that is built into this assembly; read at the first use.</summary>
    public static DropKnowledge Embedded => LazyEmbedded.Value;

    /// <summary>What each significance means, by its name.</summary>
    public IReadOnlyDictionary<string, string> SignificanceRules => _index.SignificanceRules;

    /// <summary>All reasons, in the order of the file.</summary>
    public IEnumerable<ReasonEntry> Reasons => _index.Reasons.Values.Select(text => KnowledgeReader.ReadReason(text.In(_json)));

    /// <summary>All function entries, in the order of the file.</summary>
    public IEnumerable<SiteEntry> Functions => _index.FunctionEntries.Select(text => KnowledgeReader.ReadSite(text.In(_json)));

    /// <summary>All traps, in the order of the file.</summary>
    public IEnumerable<TrapEntry> Traps => _index.Traps.Values.Select(text => KnowledgeReader.ReadTrap(text.In(_json)));

    /// <exception cref="System.Text.Json.JsonException">The text is not JSON of the expected form.</exception>
    /// <exception cref="ArgumentException">A reason, function or trap is listed twice.</exception>
    public static DropKnowledge Parse(byte[] json) => new(json);

    public bool Contains(string subsystem, string reason) => _index.Reasons.ContainsKey(KnowledgeIndex.ReasonKey(subsystem, reason));

    /// <summary>Who defines a reason, the core if it does; null for a reason that the file lacks.</summary>
    public string? SubsystemOf(string reason)
    {
        if (Contains(KernelReasonTable.CoreSubsystem, reason))
        {
            return KernelReasonTable.CoreSubsystem;
        }

        string end = KnowledgeIndex.ReasonKey("", reason);
        string? key = _index.Reasons.Keys.FirstOrDefault(key => key.EndsWith(end, StringComparison.Ordinal));
        return key?[..^end.Length];
    }

    public ReasonEntry? FindReason(string subsystem, string reason) =>
        _index.Reasons.TryGetValue(KnowledgeIndex.ReasonKey(subsystem, reason), out EntryText? text)
            ? KnowledgeReader.ReadReason(text.In(_json))
            : null;

    /// <summary>Finds what is known of a function whatever the reason; compiler suffixes are ignored.</summary>
    public SiteEntry? FindFunction(string function) =>
        _index.Functions.TryFind(function, out EntryText text) ? KnowledgeReader.ReadSite(text.In(_json)) : null;

    /// <summary>
    /// Finds what is known of a reason in a function. The reason decides, refined by the function where one reason means different things
    /// at different places; without a reason, or with NOT_SPECIFIED, the function decides; with a reason that is not known here, the
    /// function still gives the class.
    /// </summary>
    /// <param name="reason">The kernel's name of the reason; null on kernels without reasons.</param>
    /// <param name="subsystem">Who defines the reason; null for the core.</param>
    /// <param name="function">The function that dropped the packet; null when unknown.</param>
    public SiteKnowledge FindSite(string? reason, string? subsystem, string? function)
    {
        bool reasonTells = ReasonName.SaysWhy(reason);
        ReasonEntry? entry = reason is null ? null : FindReason(subsystem ?? KernelReasonTable.CoreSubsystem, reason);
        if (reasonTells && entry is not null)
        {
            return OfReason(entry, function);
        }

        SiteEntry? site = function is null ? null : FindFunction(function);
        return reasonTells ? OfUnknownReason(reason!, site) : OfFunction(site, reason, entry);
    }

    public TrapEntry? FindTrap(string trap) =>
        _index.Traps.TryGetValue(trap, out EntryText? text) ? KnowledgeReader.ReadTrap(text.In(_json)) : null;

    private SiteKnowledge OfReason(ReasonEntry entry, string? function)
    {
        SiteEntry? site = function is null ? null : entry.FindSite(function);
        DropClass dropClass = site?.Class ?? entry.Class;
        if (dropClass == DropClass.Unknown && function is not null)
        {
            dropClass = FindFunction(function)?.Class ?? DropClass.Unknown;
        }

        return new SiteKnowledge
        {
            Name = entry.Name,
            Type = site?.Type ?? (site?.Counters is null ? entry.Type : null),
            Class = dropClass,
            Significance = site?.Significance ?? entry.Significance,
            Meaning = site?.Meaning ?? entry.Meaning,
            Counters = site?.Counters ?? entry.Counters,
            PossibleCounters = site?.PossibleCounters ?? entry.PossibleCounters,
            Causes = site?.Causes ?? entry.Causes,
            Confirm = site?.Confirm ?? entry.Confirm,
            Remedy = site?.Remedy ?? entry.Remedy,
            Variants = site is { Variants.Count: > 0 } ? site.Variants : entry.Variants,
        };
    }

    private static SiteKnowledge OfFunction(SiteEntry? site, string? reason, ReasonEntry? notSpecified) => new()
    {
        Name = reason,
        Type = site?.Type,
        Class = site?.Class ?? DropClass.Unknown,
        Significance = site?.Significance ?? DropSignificance.Unknown,
        Meaning = site?.Meaning,
        Counters = site?.Counters ?? [],
        PossibleCounters = site?.PossibleCounters ?? [],
        Causes = site?.Causes ?? notSpecified?.Causes ?? [],
        Confirm = site?.Confirm ?? notSpecified?.Confirm,
        Remedy = site?.Remedy ?? notSpecified?.Remedy,
        Variants = site?.Variants ?? [],
    };

    /// <summary>
    /// A newer kernel's reason: its name says more than the function's sentence, and may be another case than the function's usual counter.
    /// </summary>
    private static SiteKnowledge OfUnknownReason(string reason, SiteEntry? site) => new()
    {
        Name = reason,
        Class = site?.Class ?? DropClass.Unknown,
        PossibleCounters = [.. site?.Counters ?? [], .. site?.PossibleCounters ?? []],
    };

    private static DropKnowledge LoadEmbedded()
    {
        using Stream stream = typeof(DropKnowledge).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {ResourceName}.");
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return new DropKnowledge(json);
    }
}
