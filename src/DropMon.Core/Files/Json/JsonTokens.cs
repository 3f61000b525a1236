using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using DropMon.Text;

namespace DropMon.Files.Json;

/// <summary>
/// Reads and writes the single values that alerts are made of. Reading throws <see cref="JsonException"/> where a value has the wrong type
/// or range.
/// </summary>
internal static class JsonTokens
{
    public static long ReadInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) ? value : throw Wrong("a whole number");
    }

    /// <summary>Reads how many there were of something.</summary>
    public static long ReadCount(ref Utf8JsonReader reader) => ReadInt64(ref reader) is >= 0 and var count
        ? count : throw Wrong("a count from 0");

    /// <summary>Reads a number or a length of something, such as that of a CPU.</summary>
    public static int ReadNumber(ref Utf8JsonReader reader) => ReadInt32(ref reader) is >= 0 and var number
        ? number : throw Wrong("a number from 0");

    public static int ReadInt32(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value)
            ? value : throw Wrong("a whole number of 32 bits");
    }

    public static ushort ReadUInt16(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out ushort value)
            ? value : throw Wrong("a number from 0 to 65535");
    }

    public static ulong ReadUInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong value)
            ? value : throw Wrong("a whole number from 0");
    }

    /// <summary>
    /// Whether the property that the reader stands at is null, as other writers write what is not there; then the reader goes on to the
    /// null.
    /// </summary>
    public static bool SkipNull(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        // DropMon writes no nulls, and its files are to be read fast: the value's first byte tells.
        int at = (int)reader.BytesConsumed;
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':')
        {
            at++;
        }

        if (at >= json.Length || json[at] != (byte)'n')
        {
            return false;
        }

        reader.Skip();
        return true;
    }

    /// <summary>
    /// Reads an address: a string in hexadecimal, since many JSON readers round numbers above 2^53; of those that do not, the number.
    /// </summary>
    public static ulong ReadAddress(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong number))
        {
            return number;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            ReadOnlySpan<byte> text = reader.ValueSpan;
            if (text.StartsWith("0x"u8) && Utf8Parser.TryParse(text[2..], out ulong address, out int used, 'x') && used == text.Length - 2)
            {
                return address;
            }
        }

        throw Wrong("an address such as \"0xffffffff81000010\"");
    }

    public static DateTimeOffset ReadTimestamp(ref Utf8JsonReader reader)
    {
        reader.Read();
        try
        {
            return reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset value)
                ? value : throw Wrong("a time in ISO 8601");
        }
        catch (InvalidOperationException e)
        {
            throw BadText(e);
        }
    }

    /// <summary>Reads bytes in base64, or one by one as ConvertTo-Json writes them.</summary>
    public static byte[] ReadBytes(ref Utf8JsonReader reader, int most)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            return ReadNumberedBytes(ref reader, most);
        }

        try
        {
            return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? value) ? value.Length <= most
                ? value : throw TooMany(most) : throw Wrong("bytes in base64");
        }
        catch (InvalidOperationException e)
        {
            throw BadText(e);
        }
    }

    /// <summary>Reads a string; equal strings give the same object.</summary>
    public static string ReadString(ref Utf8JsonReader reader, ByteCache<string> known)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Wrong("a string");
        }

        // The bytes as they stand, escapes and all, are the key: they determine the string.
        if (!known.TryGet(reader.ValueSpan, out string? value))
        {
            value = ReadText(ref reader);
            known.Add(reader.ValueSpan, value, 2 * value.Length);
        }

        return value;
    }

    /// <summary>
    /// The text of the name or string that the reader stands at, control characters escaped: a file may come from anybody, and its text
    /// goes to terminals.
    /// </summary>
    public static string ReadText(ref Utf8JsonReader reader) => SafeText.Escape(ReadRaw(ref reader));

    /// <summary>The same of a sentence of DropMon, which may name options (<see cref="OptionText"/>).</summary>
    public static string ReadSentence(ref Utf8JsonReader reader) => OptionText.Escape(ReadRaw(ref reader));

    private static string ReadRaw(ref Utf8JsonReader reader)
    {
        // In JSON a character takes up to six bytes.
        if (reader.ValueSpan.Length > 6 * AlertLimits.MostText)
        {
            throw TooLong();
        }

        try
        {
            string text = reader.GetString()!;
            return text.Length <= AlertLimits.MostText ? text : throw TooLong();
        }
        catch (InvalidOperationException e)
        {
            throw BadText(e);
        }
    }

    public static T ReadEnum<T>(ref Utf8JsonReader reader, ByteCache<string> known, T? fallback = null)
        where T : struct, Enum
    {
        string name = ReadString(ref reader, known);
        if (name.Length > 0 && char.IsAsciiLetter(name[0]) && Enum.TryParse(name, out T value) && Enum.IsDefined(value))
        {
            return value;
        }

        return fallback ?? throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" is not a {typeof(T).Name}."));
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Wrong(what);
        }
    }

    public static JsonException Wrong(string expected) => new($"{expected} was expected.");

    public static void WriteTimestamp(Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[33];
        Utf8Formatter.TryFormat(time, text, out int length, 'O');
        json.WriteString(name, text[..length]);
    }

    private static byte[] ReadNumberedBytes(ref Utf8JsonReader reader, int most)
    {
        var bytes = new List<byte>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (bytes.Count == most)
            {
                throw TooMany(most);
            }

            bytes.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out byte value)
                ? value : throw Wrong("a byte from 0 to 255"));
        }

        return [.. bytes];
    }

    private static JsonException TooLong() =>
        new(string.Create(CultureInfo.InvariantCulture, $"A text is longer than {AlertLimits.MostText} characters."));

    private static JsonException TooMany(int most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"There are more than {most} bytes."));

    // Utf8JsonReader throws InvalidOperationException for text that is not UTF-8, or that escapes half a surrogate pair.
    private static JsonException BadText(InvalidOperationException e) => new(e.Message, e);
}
