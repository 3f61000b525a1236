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
    private readonly JsonProperties _json = new();

    /// <summary>The properties, each with a comma before it.</summary>
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
        _json.Clear();
        foreach (AlertJsonField field in _fields)
        {
            field.Write(_json, alert);
        }

        return _json.Written.ToArray();
    }
}
