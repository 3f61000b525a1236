using System.Text.Json;

namespace DropMon.Reasons;

/// <summary>
/// Where each entry of the knowledge file begins and ends. Only names are read here: a monitor that starts needs a
/// handful of entries, and must not pay for the prose of hundreds.
/// </summary>
internal sealed class KnowledgeIndex
{
    private KnowledgeIndex()
    {
    }

    public Dictionary<(string Subsystem, string Name), Range> Reasons { get; } = [];

    public FunctionMap<Range> Functions { get; } = new();

    /// <summary>Each entry of <see cref="Functions"/> once, whatever the number of its names.</summary>
    public List<Range> FunctionEntries { get; } = [];

    public Dictionary<string, Range> Traps { get; } = new(StringComparer.Ordinal);

    /// <summary>What each significance means, by its name.</summary>
    public Dictionary<string, string> SignificanceRules { get; } = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The text is not JSON of the expected form.</exception>
    public static KnowledgeIndex Build(ReadOnlySpan<byte> json)
    {
        var index = new KnowledgeIndex();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string section = reader.GetString()!;
            switch (section)
            {
                case "significance":
                    index.ReadSignificanceRules(ref reader);
                    break;
                case "reasons":
                    ReadArray(ref reader, index.AddReason);
                    break;
                case "functions":
                    ReadArray(ref reader, index.AddFunctions);
                    break;
                case "traps":
                    ReadArray(ref reader, index.AddTrap);
                    break;
                default:
                    throw new JsonException($"The knowledge file has an unknown section '{section}'.");
            }
        }

        return index;
    }

    private delegate void AddEntry(ref Utf8JsonReader reader, int start);

    private static void ReadArray(ref Utf8JsonReader reader, AddEntry add)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            add(ref reader, checked((int)reader.TokenStartIndex));
        }
    }

    private void ReadSignificanceRules(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String);
            SignificanceRules.Add(name, reader.GetString()!);
        }
    }

    private void AddReason(ref Utf8JsonReader reader, int start)
    {
        string? name = null;
        string? subsystem = null;
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
            else
            {
                reader.Skip();
            }
        }

        if (name is null || subsystem is null)
        {
            throw new JsonException("A reason has no name or no subsystem.");
        }

        Reasons.Add((subsystem, name), RangeFrom(start, reader));
    }

    private void AddFunctions(ref Utf8JsonReader reader, int start)
    {
        var names = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("functions"u8))
            {
                Expect(ref reader, JsonTokenType.StartArray);
                while (reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    names.Add(reader.GetString()!);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        Range range = RangeFrom(start, reader);
        FunctionEntries.Add(range);
        foreach (string name in names)
        {
            Functions.Add(name, range);
        }
    }

    private void AddTrap(ref Utf8JsonReader reader, int start)
    {
        string? name = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                name = ReadString(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        Traps.Add(name ?? throw new JsonException("A trap has no name."), RangeFrom(start, reader));
    }

    private static Range RangeFrom(int start, in Utf8JsonReader reader) => start..checked((int)reader.BytesConsumed);

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
