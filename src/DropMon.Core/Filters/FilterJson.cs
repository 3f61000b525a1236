using System.Text.Json;
using DropMon.Text;

namespace DropMon.Filters;

/// <summary>
/// The JSON form of a filter: an object with a list of texts for each condition, <c>{"Reason":["NO_*"],"Class":["Udp"]}</c>. It is read
/// strictly: a condition that is unknown would let too much through if it were ignored.
/// </summary>
public static class FilterJson
{
    /// <summary>No JSON form is longer, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly JsonReaderOptions Strict = new()
    {
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        MaxDepth = 2
    };

    /// <summary>Writes a filter as the value of an object that is being written.</summary>
    public static void Write(Utf8JsonWriter writer, DropFilter filter)
    {
        writer.WriteStartObject();
        foreach (FilterCondition condition in filter.Conditions)
        {
            writer.WriteStartArray(condition.Field.ToString());
            foreach (string value in condition.Values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a filter.</summary>
    public static byte[] Write(DropFilter filter)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, filter);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FilterException">It is none; the error says what is wrong and where.</exception>
    public static DropFilter Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MostBytes)
        {
            throw new FilterException(
                $"The filter is {json.Length} bytes long.", $"byte {MostBytes}", $"A filter is at most {MostBytes} bytes long.");
        }

        var reader = new Utf8JsonReader(json, Strict);
        try
        {
            DropFilter filter = ReadObject(ref reader);
            return reader.Read() ? throw Unexpected(in reader, "the end") : filter;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A text with half of a surrogate pair is an InvalidOperationException.
            throw new FilterException(
                "The filter is not valid JSON.", $"byte {reader.TokenStartIndex}",
                "Use the form {\"Reason\":[\"NO_*\"],\"Class\":[\"Udp\"]}.");
        }
    }

    private static DropFilter ReadObject(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        DropFilter filter = DropFilter.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            FilterField field = ReadField(ref reader);
            if (filter[field] is not null)
            {
                throw new FilterException(
                    $"The filter has the condition {field} twice.", At(in reader), "Give all of its values in one list.");
            }

            filter = filter.With(field, ReadValues(ref reader, field));
        }

        return filter;
    }

    private static FilterField ReadField(ref Utf8JsonReader reader)
    {
        string name = reader.GetString()!;
        foreach (FilterFieldRow row in FilterFields.All)
        {
            if (name == row.Field.ToString())
            {
                return row.Field;
            }
        }

        string[] known = [.. FilterFields.All.Select(row => row.Field.ToString())];
        string shown = name.Length > FilterFields.MostLength ? name[..FilterFields.MostLength] : name;
        string remedy = SimilarNames.Question(SimilarNames.To(shown, known)) ?? $"Use {string.Join(", ", known)}.";
        throw new FilterException($"There is no condition '{SafeText.Escape(shown)}'.", At(in reader), remedy);
    }

    private static string[] ReadValues(ref Utf8JsonReader reader, FilterField field)
    {
        Expect(ref reader, JsonTokenType.StartArray, $"a list of texts for {field}");
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(
                reader.TokenType == JsonTokenType.String
                    ? reader.GetString()!
                    : throw Unexpected(in reader, $"a text for {field}[{values.Count}]"));
            if (values.Count > FilterFields.MostValues)
            {
                throw new FilterException(
                    $"{field} has more than {FilterFields.MostValues} values.", At(in reader), $"Give 1 to {FilterFields.MostValues}.");
            }
        }

        return [.. values];
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Unexpected(in reader, what);
        }
    }

    private static FilterException Unexpected(in Utf8JsonReader reader, string expected) =>
        new(
            $"The filter has {reader.TokenType} where {expected} is expected.", At(in reader),
            "Use the form {\"Reason\":[\"NO_*\"],\"Class\":[\"Udp\"]}.");

    private static string At(in Utf8JsonReader reader) => $"byte {reader.TokenStartIndex}";
}
