using System.Text.Json;
using DropMon.Packets;

namespace DropMon.Files.Json;

/// <summary>
/// Reads one alert from its JSON. The properties may stand in any order and unknown ones are skipped; where they stand as
/// DropMon writes them, the site's properties are recognised by their bytes and not parsed again.
/// </summary>
internal sealed class AlertJsonReader
{
    private const int MaxSites = 4096;

    private readonly ByteCache<string> _strings = new(1024, AlertLimits.MostText, 4 * 1024 * 1024);
    private readonly StackFrameJsonReader _frames;
    private readonly ByteCache<DropSite> _sitesByBytes = new(512, 8192, AlertLimits.MostSites);
    private readonly Dictionary<SiteFields, DropSite> _sites = [];
    private readonly bool _isReplay;
    private long _siteBytes;

    /// <param name="isReplay">Whether the alerts' source is Replay; otherwise it is the one that is written.</param>
    public AlertJsonReader(bool isReplay = true)
    {
        _isReplay = isReplay;
        _frames = new StackFrameJsonReader(_strings);
    }

    /// <summary>Bytes of what is remembered of earlier alerts.</summary>
    internal long RememberedBytes => _strings.Bytes + _sitesByBytes.Bytes + _frames.RememberedBytes + _siteBytes;

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
        var fields = new AlertFields { UtcTicks = utcTicks, Count = 1, Payload = payload };
        var site = default(SiteFields);
        DropSite? known = null;
        int siteStart = -1;
        bool siteIsLast = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            AlertProperty property = AlertPropertyNames.Find(reader.ValueSpan);
            if (property.BelongsToSite())
            {
                if (siteStart < 0)
                {
                    siteStart = (int)reader.TokenStartIndex;
                    if (_sitesByBytes.TryGet(json[siteStart..], out known))
                    {
                        return Build(fields, known);
                    }
                }

                if (JsonTokens.SkipNull(ref reader, json))
                {
                    continue;
                }

                site.Read(property, ref reader, _strings, _frames, json);
            }
            else if (property == AlertProperty.Record)
            {
                string kind = JsonTokens.ReadString(ref reader, _strings);
                while (reader.Read())
                {
                    // To its end, since a record that is cut off must not pass.
                }

                RecordKind = kind;
                return null;
            }
            else if (!JsonTokens.SkipNull(ref reader, json))
            {
                siteIsLast = siteStart < 0;
                fields.Read(property, ref reader, _strings, _frames, json);
            }
        }

        // Only reading on tells whether anything follows the object.
        reader.Read();
        known = Intern(site);
        if (siteStart >= 0 && siteIsLast)
        {
            _sitesByBytes.Add(json[siteStart..], known, known.Weight);
        }

        return Build(fields, known);
    }

    private DropSite Intern(in SiteFields fields)
    {
        if (!_sites.TryGetValue(fields, out DropSite? site))
        {
            site = fields.Build();
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
            _sites.Add(fields, site);
        }

        return site;
    }

    private DropAlert Build(in AlertFields fields, DropSite site) =>
        new(site, fields.UtcTicks ?? throw JsonTokens.Wrong("a Timestamp"))
        {
            Count = fields.Count,
            InterfaceIndex = fields.InterfaceIndex,
            InterfaceName = fields.InterfaceName,
            EtherType = fields.EtherType,
            OriginalLength = fields.OriginalLength,
            Cpu = fields.Cpu,
            ProcessId = fields.ProcessId,
            ProcessName = fields.ProcessName,
            NetworkNamespace = fields.NetworkNamespace,
            Origin = fields.Origin,
            Source = _isReplay ? DropSourceName.Replay : fields.Source ?? DropSourceName.Replay,
            ComputerName = ComputerName ?? fields.ComputerName ?? DefaultComputerName,
            StackTrace = fields.StackTrace,
            Payload = fields.Payload,
            FlowActionCookie = fields.FlowActionCookie,
        };
}
