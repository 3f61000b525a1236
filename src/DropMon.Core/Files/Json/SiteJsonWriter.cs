using System.Buffers;
using System.Text.Json;
using DropMon.Model.Fields;

namespace DropMon.Files.Json;

/// <summary>
/// Writes the properties that an alert has from its site. They are the last of every alert and are encoded once a site: readers
/// that know the bytes know the site.
/// </summary>
internal sealed class SiteJsonWriter
{
    private const int MaxSites = 4096;

    private readonly AlertJsonField[] _fields = AlertJsonFields.Create(DropFields.All.Where(field => field.IsOfSite));
    private readonly Dictionary<DropSite, byte[]> _encoded = [];

    /// <summary>The properties, without the braces of an object.</summary>
    public ReadOnlySpan<byte> Encode(DropAlert alert)
    {
        if (!_encoded.TryGetValue(alert.Site, out byte[]? encoded))
        {
            if (_encoded.Count >= MaxSites)
            {
                _encoded.Clear();
            }

            encoded = EncodeAnew(alert);
            _encoded.Add(alert.Site, encoded);
        }

        return encoded;
    }

    private byte[] EncodeAnew(DropAlert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, AlertJsonWriter.WriterOptions))
        {
            json.WriteStartObject();
            foreach (AlertJsonField field in _fields)
            {
                field.Write(json, alert);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }
}
