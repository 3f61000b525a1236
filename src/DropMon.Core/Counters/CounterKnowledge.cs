using System.Collections.Concurrent;
using System.Text.Json;
using DropMon.Reasons;
using DropMon.Text;

namespace DropMon.Counters;

/// <summary>
/// The file of counters: what each counts and whether that means a drop. Its groups are read whole; a name may end in <c>*</c>
/// where the kernel numbers its counters. A counter that is not in the file is known by its name alone.
/// </summary>
internal sealed class CounterKnowledge
{
    private const string ResourceName = "DropMon.Counters.counter-knowledge.json";
    private static readonly Lazy<CounterKnowledge> LazyEmbedded = new(LoadEmbedded);

    private readonly ConcurrentDictionary<CounterName, CounterDescription> _described = new();
    private readonly Dictionary<CounterName, CounterDescription> _known = [];
    private readonly List<(NamePattern Name, CounterDescription Description)> _patterns = [];
    private readonly Dictionary<string, DropClass> _classes = new(StringComparer.Ordinal);
    private readonly Lazy<CounterMap> _map;

    private CounterKnowledge(ReadOnlyMemory<byte> json, Lazy<CounterMap> map)
    {
        _map = map;
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (JsonElement section in document.RootElement.GetProperty("sections").EnumerateArray())
        {
            ReadSection(section);
        }
    }

    /// <summary>The file that is built into this assembly; read at the first use.</summary>
    public static CounterKnowledge Embedded => LazyEmbedded.Value;

    /// <summary>Every counter of the file.</summary>
    public IEnumerable<CounterDescription> All => _known.Values.Concat(_patterns.Select(pattern => pattern.Description));

    /// <summary>From counters to what raises them.</summary>
    public CounterMap Map => _map.Value;

    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">It is not of the expected form.</exception>
    public static CounterKnowledge Parse(ReadOnlyMemory<byte> json, DropKnowledge drops) =>
        new(json, new Lazy<CounterMap>(() => new CounterMap(drops)));

    /// <summary>What is known of a counter; the same object for the same counter.</summary>
    public CounterDescription Describe(CounterName counter) => _described.GetOrAdd(counter, Find);

    private CounterDescription Find(CounterName counter)
    {
        if (_known.TryGetValue(counter, out CounterDescription? description))
        {
            return description;
        }

        CounterDescription? pattern = _patterns.Find(
            pattern => pattern.Description.Counter.Group == counter.Group && pattern.Name.Matches(counter.Name)).Description;
        return new CounterDescription(counter, _map)
        {
            Class = pattern?.Class ?? _classes.GetValueOrDefault(counter.Group),
            Implies = pattern?.Implies ?? DropImplication.Unknown,
            Meaning = pattern?.Meaning,
            Caveat = pattern is null ? "DropMon does not know this counter." : pattern.Caveat,
            Unseen = pattern?.Unseen ?? UnseenCause.UnknownCounter,
            IsGauge = pattern?.IsGauge ?? false,
            Is32Bit = pattern?.Is32Bit ?? false,
        };
    }

    private void ReadSection(JsonElement section)
    {
        var dropClass = Enum.Parse<DropClass>(section.GetProperty("class").GetString()!);
        UnseenCause unseen = Cause(section) ?? UnseenCause.None;
        bool is32Bit = section.TryGetProperty("bits", out JsonElement bits) && bits.GetInt32() == 32;
        foreach (JsonElement groupName in section.GetProperty("groups").EnumerateArray())
        {
            string group = groupName.GetString()!;
            _classes[group] = dropClass;
            foreach (JsonProperty counter in section.GetProperty("counters").EnumerateObject())
            {
                Add(Read(new CounterName(group, counter.Name), counter.Value, dropClass, unseen, is32Bit));
            }
        }
    }

    private CounterDescription Read(CounterName name, JsonElement counter, DropClass dropClass, UnseenCause unseen, bool is32Bit)
    {
        string drop = counter.GetProperty("drop").GetString()!;
        bool isGauge = drop == "Gauge";
        DropImplication implies = isGauge ? DropImplication.Never : Enum.Parse<DropImplication>(drop);
        string? caveat = Text(counter, "caveat") ?? (isGauge ? "It is a current value that rises and falls." : null);
        if (implies != DropImplication.Always && caveat is null)
        {
            throw new FormatException($"{name} has no caveat.");
        }

        return new CounterDescription(name, _map)
        {
            Class = Text(counter, "class") is { } own ? Enum.Parse<DropClass>(own) : dropClass,
            Implies = implies,
            Meaning = Text(counter, "meaning") ?? throw new FormatException($"{name} has no meaning."),
            Caveat = caveat,
            VirtualMeanings = counter.TryGetProperty("virtual", out JsonElement kinds)
                ? kinds.EnumerateObject().ToDictionary(kind => kind.Name, kind => kind.Value.GetString()!, StringComparer.Ordinal)
                : new Dictionary<string, string>(),
            Unseen = implies == DropImplication.Never ? UnseenCause.NotADrop : Cause(counter) ?? unseen,
            IsGauge = isGauge,
            Is32Bit = is32Bit,
        };
    }

    private void Add(CounterDescription description)
    {
        if (NamePattern.IsPattern(description.Counter.Name))
        {
            _patterns.Add((NamePattern.Parse(description.Counter.Name), description));
        }
        else
        {
            _known.Add(description.Counter, description);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static UnseenCause? Cause(JsonElement element) => Text(element, "unseen") is { } cause ? Enum.Parse<UnseenCause>(cause) : null;

    private static CounterKnowledge LoadEmbedded()
    {
        using Stream stream = typeof(CounterKnowledge).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {ResourceName}.");
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Parse(json, DropKnowledge.Embedded);
    }
}
