using System.Buffers;
using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>The header in JSON: the record of kind <c>Header</c>.</summary>
internal static class HeaderJson
{
    public const string Kind = "Header";

    /// <summary>The property that tells records from alerts, always the first.</summary>
    public static readonly JsonEncodedText Record = JsonEncodedText.Encode("Record");

    private static readonly JsonEncodedText Schema = JsonEncodedText.Encode("Schema");
    private static readonly JsonEncodedText Started = JsonEncodedText.Encode(nameof(AlertFileHeader.Started));

    public static void WriteProperties(Utf8JsonWriter json, AlertFileHeader header)
    {
        json.WriteString(Schema, AlertFileHeader.SchemaName);
        json.WriteNumber(nameof(AlertFileHeader.Version), header.Version);
        WriteIfAny(json, nameof(AlertFileHeader.ComputerName), header.ComputerName);
        WriteIfAny(json, nameof(AlertFileHeader.KernelRelease), header.KernelRelease);
        WriteIfAny(json, nameof(AlertFileHeader.Architecture), header.Architecture);
        WriteIfAny(json, nameof(AlertFileHeader.Source), header.Source);
        WriteIfAny(json, nameof(AlertFileHeader.Writer), header.Writer);
        if (header.Started is { } started)
        {
            JsonTokens.WriteTimestamp(json, Started, started);
        }
    }

    /// <summary>Writes any record that is not an alert.</summary>
    public static void WriteRecord(IBufferWriter<byte> output, string kind, Action<Utf8JsonWriter> writeProperties)
    {
        using var json = new Utf8JsonWriter(output, AlertJsonWriter.WriterOptions);
        json.WriteStartObject();
        json.WriteString(Record, kind);
        writeProperties(json);
        json.WriteEndObject();
    }

    /// <exception cref="JsonException">It is not a header.</exception>
    public static AlertFileHeader Read(ReadOnlySpan<byte> json)
    {
        var strings = new ByteCache<string>(1, 0, 0);
        var reader = new Utf8JsonReader(json);
        JsonTokens.Expect(ref reader, JsonTokenType.StartObject, "an object");
        string? schema = null;
        var header = new AlertFileHeader { Version = 0 };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonTokens.ReadText(ref reader);
            switch (name)
            {
                case "Schema":
                    schema = JsonTokens.ReadString(ref reader, strings);
                    break;
                case nameof(AlertFileHeader.Version):
                    header = header with { Version = JsonTokens.ReadInt32(ref reader) };
                    break;
                case nameof(AlertFileHeader.ComputerName):
                    header = header with { ComputerName = JsonTokens.ReadString(ref reader, strings) };
                    break;
                case nameof(AlertFileHeader.KernelRelease):
                    header = header with { KernelRelease = JsonTokens.ReadString(ref reader, strings) };
                    break;
                case nameof(AlertFileHeader.Architecture):
                    header = header with { Architecture = JsonTokens.ReadString(ref reader, strings) };
                    break;
                case nameof(AlertFileHeader.Source):
                    header = header with { Source = JsonTokens.ReadString(ref reader, strings) };
                    break;
                case nameof(AlertFileHeader.Writer):
                    header = header with { Writer = JsonTokens.ReadString(ref reader, strings) };
                    break;
                case nameof(AlertFileHeader.Started):
                    header = header with { Started = JsonTokens.ReadTimestamp(ref reader) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        reader.Read();
        if (schema != AlertFileHeader.SchemaName || header.Version < 1)
        {
            throw JsonTokens.Wrong($"the schema {AlertFileHeader.SchemaName} with a version from 1");
        }

        return header;
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
