using System.Text.Json;

namespace DropMon.Reasons;

/// <summary>One object of the knowledge file as it is written, whichever section it belongs to.</summary>
internal sealed class EntryFields
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);

    /// <summary>The objects in the property <c>sites</c>.</summary>
    public List<EntryFields> Sites { get; } = [];

    /// <summary>The objects in the property <c>variants</c>.</summary>
    public List<EntryFields> Variants { get; } = [];

    /// <exception cref="JsonException">The text is not one JSON object of strings, lists of strings, sites and variants.</exception>
    public static EntryFields Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(ref reader);
    }

    public string Required(string property) =>
        Optional(property) ?? throw new JsonException($"An entry of the knowledge file has no '{property}'.");

    public string? Optional(string property) => _texts.TryGetValue(property, out string? text) ? text : null;

    public List<string>? List(string property) => _lists.TryGetValue(property, out List<string>? list) ? list : null;

    public DropClass? Class() => Optional("class") is { } name ? (DropClass)Enum.Parse(typeof(DropClass), name) : null;

    public DropSignificance? Significance() =>
        Optional("significance") is { } name ? (DropSignificance)Enum.Parse(typeof(DropSignificance), name) : null;

    public CounterName[]? Counters(string property)
    {
        if (List(property) is not { } names)
        {
            return null;
        }

        var counters = new CounterName[names.Count];
        for (int i = 0; i < counters.Length; i++)
        {
            counters[i] = CounterName.Parse(names[i]);
        }

        return counters;
    }

    private static EntryFields Read(ref Utf8JsonReader reader)
    {
        var entry = new EntryFields();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                entry.ReadArray(ref reader, property);
            }
            else
            {
                entry._texts.Add(property, Text(ref reader));
            }
        }

        return entry;
    }

    private void ReadArray(ref Utf8JsonReader reader, string property)
    {
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && property is "sites" or "variants")
            {
                (property == "sites" ? Sites : Variants).Add(Read(ref reader));
            }
            else
            {
                list.Add(Text(ref reader));
            }
        }

        _lists.Add(property, list);
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new JsonException($"The knowledge file has {reader.TokenType} where a string belongs.");
}
