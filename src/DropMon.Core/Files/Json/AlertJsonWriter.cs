using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DropMon.Packets;

namespace DropMon.Files.Json;

/// <summary>Writes an alert as one JSON object. A property that is null is left out; addresses are strings in hexadecimal, bytes are base64.</summary>
internal sealed class AlertJsonWriter : IDisposable
{
    private static readonly JsonEncodedText[] Origins = Names<DropOrigin>();

    private readonly SiteJsonWriter _sites = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, WriterOptions);
    private string? _source;
    private JsonEncodedText _encodedSource;

    /// <summary>
    /// Control characters are escaped, as JSON asks; letters of any script and the characters that only HTML minds are not,
    /// so that the text stays readable.
    /// </summary>
    public static JsonWriterOptions WriterOptions => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an alert.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="timestamp">Whether to write its time.</param>
    /// <param name="payload">Whether to write the packet's bytes.</param>
    /// <param name="packet">Whether to write the packet as one line of text, which dissects it.</param>
    public void Write(IBufferWriter<byte> output, DropAlert alert, bool timestamp = true, bool payload = true, bool packet = false)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        if (timestamp)
        {
            JsonTokens.WriteTimestamp(_json, AlertProperty.Timestamp.Text(), alert.Timestamp);
        }

        _json.WriteNumber(AlertProperty.Count.Text(), alert.Count);
        WriteOwn(alert);
        if (packet && alert.Packet is { } dissected)
        {
            _json.WriteString(AlertProperty.Packet.Text(), dissected.ToString());
        }

        if (payload && alert.Payload is { } bytes)
        {
            _json.WriteBase64String(AlertProperty.Payload.Text(), bytes);
        }

        // The site's properties are bytes already, which Utf8JsonWriter has no way to take: they follow behind its back.
        _json.Flush();
        ReadOnlySpan<byte> site = _sites.Encode(alert);
        Span<byte> rest = output.GetSpan(site.Length + 2);
        rest[0] = (byte)',';
        site.CopyTo(rest[1..]);
        rest[site.Length + 1] = (byte)'}';
        output.Advance(site.Length + 2);
    }

    public void Dispose() => _json.Dispose();

    private void WriteOwn(DropAlert alert)
    {
        WriteIfAny(AlertProperty.InterfaceIndex, alert.InterfaceIndex);
        JsonTokens.WriteStringIfAny(_json, AlertProperty.InterfaceName.Text(), alert.InterfaceName);
        if (alert.EtherType is { } etherType)
        {
            _json.WriteNumber(AlertProperty.EtherType.Text(), (int)etherType);
        }

        JsonTokens.WriteStringIfAny(_json, AlertProperty.Protocol.Text(), alert.Protocol);

        WriteIfAny(AlertProperty.OriginalLength, alert.OriginalLength);
        WriteIfAny(AlertProperty.Cpu, alert.Cpu);
        WriteIfAny(AlertProperty.ProcessId, alert.ProcessId);
        JsonTokens.WriteStringIfAny(_json, AlertProperty.ProcessName.Text(), alert.ProcessName);
        if (alert.NetworkNamespace is { } inode)
        {
            _json.WriteNumber(AlertProperty.NetworkNamespace.Text(), inode);
        }

        _json.WriteString(AlertProperty.Origin.Text(), Origins[(int)alert.Origin]);
        _json.WriteString(AlertProperty.Source.Text(), EncodeSource(alert.Source));
        JsonTokens.WriteStringIfAny(_json, AlertProperty.ComputerName.Text(), alert.ComputerName);
        if (alert.StackTrace is { } stack)
        {
            StackFrameJsonWriter.Write(_json, AlertProperty.StackTrace.Text(), stack);
        }

        if (alert.FlowActionCookie is { } cookie)
        {
            _json.WriteBase64String(AlertProperty.FlowActionCookie.Text(), cookie);
        }
    }

    private void WriteIfAny(AlertProperty property, int? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(property.Text(), number);
        }
    }

    // Alerts come from one source for long.
    private JsonEncodedText EncodeSource(string source)
    {
        if (!ReferenceEquals(source, _source))
        {
            _source = source;
            _encodedSource = JsonEncodedText.Encode(source, WriterOptions.Encoder);
        }

        return _encodedSource;
    }

    private static JsonEncodedText[] Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => JsonEncodedText.Encode(name)).ToArray();
}
