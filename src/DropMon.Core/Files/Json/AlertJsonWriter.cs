using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DropMon.Model.Fields;

namespace DropMon.Files.Json;

/// <summary>
/// Writes an alert as one JSON object. A property that is null is left out; addresses are strings in hexadecimal, bytes are base64.
/// </summary>
internal sealed class AlertJsonWriter
{
    private static readonly DropField[] Optional = [DropFields.Timestamp, DropFields.Packet, DropFields.Payload];

    private readonly AlertJsonField _timestamp;
    private readonly AlertJsonField _packet;
    private readonly AlertJsonField _payload;
    private readonly AlertJsonField[] _own = AlertJsonFields.Create(DropFields.All.Where(field => !field.IsOfSite).Except(Optional));
    private readonly SiteJsonWriter _sites = new();
    private readonly JsonProperties _json = new();

    public AlertJsonWriter()
    {
        AlertJsonField[] optional = AlertJsonFields.Create(Optional);
        (_timestamp, _packet, _payload) = (optional[0], optional[1], optional[2]);
    }

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
        _json.Clear();
        if (timestamp)
        {
            _timestamp.Write(_json, alert);
        }

        foreach (AlertJsonField field in _own)
        {
            field.Write(_json, alert);
        }

        if (packet)
        {
            _packet.Write(_json, alert);
        }

        if (payload)
        {
            _payload.Write(_json, alert);
        }

        _json.Write(_sites.Encode(alert));
        _json.CloseObject(0);
        ReadOnlySpan<byte> written = _json.Written;
        written.CopyTo(output.GetSpan(written.Length));
        output.Advance(written.Length);
    }
}
