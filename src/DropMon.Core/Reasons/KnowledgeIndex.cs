using System.Text.Json;

namespace DropMon.Reasons;

/// <summary>
/// Where each entry of the knowledge file lies. Only names are read here: a monitor that starts needs a handful of
/// entries, and must not pay for the prose of hundreds. Keys and values are reference types, whose generic code the
/// runtime has compiled beforehand: with value types the first look-up took four times as long.
/// </summary>
internal sealed class KnowledgeIndex
{
    private KnowledgeIndex()
    {
    }

    /// <summary>The reasons by <see cref="ReasonKey"/>.</summary>
    public Dictionary<string, EntryText> Reasons { get; } = new(StringComparer.Ordinal);

    public FunctionMap<EntryText> Functions { get; } = new();

    /// <summary>Each entry of <see cref="Functions"/> once, whatever the number of its names.</summary>
    public List<EntryText> FunctionEntries { get; } = [];

    public Dictionary<string, EntryText> Traps { get; } = new(StringComparer.Ordinal);

    /// <summary>What each significance means, by its name.</summary>
    public Dictionary<string, string> SignificanceRules { get; } = new(StringComparer.Ordinal);

    public static string ReasonKey(string subsystem, string reason) => string.Concat(subsystem, "/", reason);

    /// <exception cref="JsonException">The text is not JSON of the expected form.</exception>
    public static KnowledgeIndex Build(ReadOnlySpan<byte> json)
    {
        var index = new KnowledgeIndex();
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string section = reader.GetString()!;
            if (section == "significance")
            {
                index.ReadSignificanceRules(ref reader);
                continue;
            }

            Expect(ref reader, JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                index.Add(ref reader, section);
            }
        }

        return index;
    }

    private void ReadSignificanceRules(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            SignificanceRules.Add(name, ReadString(ref reader));
        }
    }

    private void Add(ref Utf8JsonReader reader, string section)
    {
        int start = checked((int)reader.TokenStartIndex);
        string? name = null;
        string? subsystem = null;
        List<string> functions = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("subsystem"u8))
            {
                subsystem = ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("functions"u8))
            {
                Expect(ref reader, JsonTokenType.StartArray);
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    functions.Add(reader.GetString()!);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        var text = new EntryText(start, checked((int)reader.BytesConsumed) - start);
        switch (section)
        {
            case "reasons" when name is not null && subsystem is not null:
                Reasons.Add(ReasonKey(subsystem, name), text);
                break;
            case "functions" when functions.Count > 0:
                FunctionEntries.Add(text);
                functions.ForEach(function => Functions.Add(function, text));
                break;
            case "traps" when name is not null:
                Traps.Add(name, text);
                break;
            default:
                throw new JsonException(
                    $"The section '{section}' of the knowledge file has an entry without a name, or no such section exists.");
        }
    }

    private static string ReadString(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException($"The knowledge file has {reader.TokenType} at byte {reader.TokenStartIndex} where {type} belongs.");
        }
    }
}
