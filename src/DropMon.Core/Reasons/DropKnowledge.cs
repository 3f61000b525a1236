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

    public TrapEntry? FindTrap(string trap) =>
        _index.Traps.TryGetValue(trap, out EntryText? text) ? KnowledgeReader.ReadTrap(text.In(_json)) : null;

    private static DropKnowledge LoadEmbedded()
    {
        using Stream stream = typeof(DropKnowledge).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {ResourceName}.");
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return new DropKnowledge(json);
    }
}
