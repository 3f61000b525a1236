using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace DropMon.Files.Json;

/// <summary>
/// The properties of one JSON object as bytes, each with a comma before it. What Utf8JsonWriter checks and counts a property, an alert does
/// without: its names are encoded once, and its numbers have a length that is known.
/// </summary>
internal sealed class JsonProperties
{
    private const int MostDigits = 20;
    private const int TimeLength = 33;
    private const int AddressLength = 18;

    // What stands in JSON as it is, of ASCII.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except(['"', '\\'])]);

    private byte[] _bytes = new byte[1024];

    /// <summary>The number of bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A name as the other methods take it: with its comma, quotes and colon.</summary>
    public static byte[] Name(string name) => Encoding.UTF8.GetBytes($",\"{Escape(name)}\":");

    /// <summary>A name with a text for its value, for <see cref="Write(ReadOnlySpan{byte})"/>.</summary>
    public static byte[] Property(ReadOnlySpan<byte> name, string value) =>
        [.. name, (byte)'"', .. Encoding.UTF8.GetBytes(Escape(value)), (byte)'"'];

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes bytes that are JSON already.</summary>
    public void Write(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        Length += json.Length;
    }

    /// <summary>Makes the comma at a position the brace that opens an object, and closes the object.</summary>
    /// <param name="start">Where the object's first property was written.</param>
    public void CloseObject(int start)
    {
        if (start == Length)
        {
            Write("{"u8);
        }

        _bytes[start] = (byte)'{';
        Write("}"u8);
    }

    public void WriteNumber(ReadOnlySpan<byte> name, long value)
    {
        Span<byte> rest = Begin(name, MostDigits);
        Utf8Formatter.TryFormat(value, rest, out int length);
        Length += length;
    }

    public void WriteNumber(ReadOnlySpan<byte> name, ulong value)
    {
        Span<byte> rest = Begin(name, MostDigits);
        Utf8Formatter.TryFormat(value, rest, out int length);
        Length += length;
    }

    /// <summary>Writes a string in hexadecimal.</summary>
    public void WriteAddress(ReadOnlySpan<byte> name, ulong address)
    {
        Span<byte> rest = Begin(name, AddressLength + 2);
        "\"0x"u8.CopyTo(rest);
        Utf8Formatter.TryFormat(address, rest[3..], out int length, 'x');
        rest[length + 3] = (byte)'"';
        Length += length + 4;
    }

    public void WriteTime(ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> rest = Begin(name, TimeLength + 2);
        rest[0] = (byte)'"';
        Utf8Formatter.TryFormat(time, rest[1..], out int length, 'O');
        rest[length + 1] = (byte)'"';
        Length += length + 2;
    }

    /// <summary>Writes a text; nothing for null.</summary>
    public void WriteText(ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        string text = value.AsSpan().IndexOfAnyExcept(Plain) < 0 ? value : Escape(value);
        Span<byte> rest = Begin(name, Encoding.UTF8.GetMaxByteCount(text.Length) + 2);
        rest[0] = (byte)'"';
        int length = Encoding.UTF8.GetBytes(text, rest[1..]);
        rest[length + 1] = (byte)'"';
        Length += length + 2;
    }

    /// <summary>Writes bytes in base64.</summary>
    public void WriteBytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> rest = Begin(name, Base64.GetMaxEncodedToUtf8Length(value.Length) + 2);
        rest[0] = (byte)'"';
        Base64.EncodeToUtf8(value, rest[1..], out _, out int length);
        rest[length + 1] = (byte)'"';
        Length += length + 2;
    }

    // Control characters are escaped, as JSON asks; letters of any script and the characters that only HTML minds are not.
    private static string Escape(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    private Span<byte> Begin(ReadOnlySpan<byte> name, int most)
    {
        Span<byte> rest = Reserve(name.Length + most);
        name.CopyTo(rest);
        Length += name.Length;
        return rest[name.Length..];
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, checked(Length + count)));
        }

        return _bytes.AsSpan(Length);
    }
}
