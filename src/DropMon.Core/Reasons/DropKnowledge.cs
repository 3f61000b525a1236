namespace DropMon.Reasons;

/// <summary>
/// The knowledge file: what the kernel does not say of its drops, that is class, counters, significance and
/// explanation per reason, per function and per devlink trap. An entry is parsed when it is asked for.
/// </summary>
internal sealed class DropKnowledge
{
    private const string ResourceName = "DropMon.Reasons.drop-knowledge.json";
    private static readonly Lazy<DropKnowledge> LazyEmbedded = new(LoadEmbedded);
    private readonly ReadOnlyMemory<byte> _json;
    private readonly KnowledgeIndex _index;

    private DropKnowledge(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _index = KnowledgeIndex.Build(json.Span);
    }

    /// <summary>The file that is built into this assembly; read at the first use.</summary>
    public static DropKnowledge Embedded => LazyEmbedded.Value;

    /// <summary>What each significance means, by its name.</summary>
    public IReadOnlyDictionary<string, string> SignificanceRules => _index.SignificanceRules;

    /// <summary>All reasons, in the order of the file.</summary>
    public IEnumerable<ReasonEntry> Reasons => _index.Reasons.Values.Select(range => KnowledgeReader.ReadReason(_json[range]));

    /// <summary>All function entries, in the order of the file.</summary>
    public IEnumerable<SiteEntry> Functions => _index.FunctionEntries.Select(range => KnowledgeReader.ReadSite(_json[range]));

    /// <summary>All traps, in the order of the file.</summary>
    public IEnumerable<TrapEntry> Traps => _index.Traps.Values.Select(range => KnowledgeReader.ReadTrap(_json[range]));

    /// <exception cref="System.Text.Json.JsonException">The text is not JSON of the expected form.</exception>
    public static DropKnowledge Parse(ReadOnlyMemory<byte> json) => new(json);

    public bool Contains(string subsystem, string reason) => _index.Reasons.ContainsKey((subsystem, reason));

    public ReasonEntry? FindReason(string subsystem, string reason) =>
        _index.Reasons.TryGetValue((subsystem, reason), out Range range) ? KnowledgeReader.ReadReason(_json[range]) : null;

    /// <summary>Finds what is known of a function whatever the reason; compiler suffixes are ignored.</summary>
    public SiteEntry? FindFunction(string function) =>
        _index.Functions.TryFind(function, out Range range) ? KnowledgeReader.ReadSite(_json[range]) : null;

    public TrapEntry? FindTrap(string trap) =>
        _index.Traps.TryGetValue(trap, out Range range) ? KnowledgeReader.ReadTrap(_json[range]) : null;

    private static DropKnowledge LoadEmbedded()
    {
        using Stream stream = typeof(DropKnowledge).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {ResourceName}.");
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return new DropKnowledge(json);
    }
}
