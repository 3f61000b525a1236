using System.Text.Json;
using DropMon.Model.Fields;

namespace DropMon.Files.Json;

/// <summary>
/// Reads one alert from its JSON. The properties may stand in any order and unknown ones are skipped; where they stand as
/// DropMon writes them, the site's properties are recognised by their bytes and not parsed again.
/// </summary>
internal sealed class AlertJsonReader
{
    private const int MaxSites = 4096;

    private readonly ByteCache<string> _strings = new(1024, AlertLimits.MostText, 4 * 1024 * 1024);
    private readonly AlertJsonFields _fields = new();
    private readonly KnownValues _known;
    private readonly ByteCache<DropSite> _sitesByBytes = new(512, 8192, AlertLimits.MostSites);
    private readonly Dictionary<SiteValues, DropSite> _sites = [];
    private readonly bool _isReplay;
    private long _siteBytes;

    /// <param name="isReplay">Whether the alerts' source is Replay; otherwise it is the one that is written.</param>
    public AlertJsonReader(bool isReplay = true)
    {
        _isReplay = isReplay;
        _known = new KnownValues(_strings, new StackFrameJsonReader(_strings));
    }

    /// <summary>Bytes of what is remembered of earlier alerts.</summary>
    internal long RememberedBytes => _strings.Bytes + _sitesByBytes.Bytes + _known.Frames.RememberedBytes + _siteBytes;

    /// <summary>The computer of alerts that name none; null for this one.</summary>
    public string? DefaultComputerName { get; set; }

    /// <summary>The computer of all alerts, whatever they name; null to go by what they name.</summary>
    public string? ComputerName { get; set; }

    /// <summary>The kind of the record last read where it was not an alert; null where it was.</summary>
    public string? RecordKind { get; private set; }

    /// <summary>Reads a record.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="utcTicks">The time of the alert, where it stands elsewhere.</param>
    /// <param name="payload">The packet's bytes, where they stand elsewhere.</param>
    /// <returns>The alert; null when the record is of another kind, which <see cref="RecordKind"/> then tells.</returns>
    /// <exception cref="JsonException">It is no JSON, or not that of an alert.</exception>
    public DropAlert? Read(ReadOnlySpan<byte> json, long? utcTicks = null, byte[]? payload = null)
    {
        var reader = new Utf8JsonReader(json);
        JsonTokens.Expect(ref reader, JsonTokenType.StartObject, "an object");
        RecordKind = null;
        var values = new DropValues();
        values.Own.Payload = payload;
        if (utcTicks is { } ticks)
        {
            values.Own.UtcTicks = ticks;
            values.HasTime = true;
        }

        int siteStart = -1;
        bool siteIsLast = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            AlertJsonField? field = _fields.Find(reader.ValueSpan);
            if (field is { IsOfSite: true })
            {
                if (siteStart < 0)
                {
                    siteStart = (int)reader.TokenStartIndex;
                    if (_sitesByBytes.TryGet(json[siteStart..], out DropSite? known))
                    {
                        return Build(ref values, known);
                    }
                }
            }
            else if (field is null && reader.ValueSpan.SequenceEqual("Record"u8))
            {
                string kind = JsonTokens.ReadString(ref reader, _strings);
                while (reader.Read())
                {
                    // To its end, since a record that is cut off must not pass.
                }

                RecordKind = kind;
                return null;
            }

            if (JsonTokens.SkipNull(ref reader, json))
            {
                continue;
            }

            if (field is null or { IsDerived: true })
            {
                reader.Skip();
            }
            else
            {
                field.Read(ref reader, json, _known, ref values);
            }

            siteIsLast &= siteStart < 0 || field is { IsOfSite: true };
        }

        // Only reading on tells whether anything follows the object.
        reader.Read();
        DropSite site = Intern(values.Site);
        if (siteStart >= 0 && siteIsLast)
        {
            _sitesByBytes.Add(json[siteStart..], site, site.Weight);
        }

        return Build(ref values, site);
    }

    private DropSite Intern(in SiteValues values)
    {
        if (!_sites.TryGetValue(values, out DropSite? site))
        {
            site = values.Build();
            if (site.Weight > AlertLimits.MostSite)
            {
                throw new JsonException($"The place of the drop takes more than {AlertLimits.MostSite} bytes.");
            }

            if (_sites.Count >= MaxSites || _siteBytes + site.Weight > AlertLimits.MostSites)
            {
                _sites.Clear();
                _siteBytes = 0;
            }

            _siteBytes += site.Weight;
            _sites.Add(values, site);
        }

        return site;
    }

    private DropAlert Build(ref DropValues values, DropSite site)
    {
        if (!values.HasTime)
        {
            throw JsonTokens.Wrong("a Timestamp");
        }

        if (_isReplay)
        {
            values.Own.Source = DropSourceName.Replay;
        }

        values.Own.ComputerName = ComputerName ?? values.Own.ComputerName ?? DefaultComputerName;
        return new DropAlert(site, in values.Own);
    }
}
