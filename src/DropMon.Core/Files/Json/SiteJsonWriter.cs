using System.Buffers;
using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>
/// Writes the properties that an alert has from its site. They are the last of every alert and are encoded once a site: readers
/// that know the bytes know the site.
/// </summary>
internal sealed class SiteJsonWriter
{
    private const int MaxSites = 4096;

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

    private static byte[] EncodeAnew(DropAlert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, AlertJsonWriter.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString(AlertProperty.Class.Text(), alert.Class.ToString());
            JsonTokens.WriteStringIfAny(json, AlertProperty.Type.Text(), alert.Type);
            json.WriteString(AlertProperty.Significance.Text(), alert.Significance.ToString());
            JsonTokens.WriteStringIfAny(json, AlertProperty.Reason.Text(), alert.Reason);
            JsonTokens.WriteStringIfAny(json, AlertProperty.ReasonSubsystem.Text(), alert.ReasonSubsystem);
            JsonTokens.WriteStringIfAny(json, AlertProperty.Explanation.Text(), alert.Explanation);
            JsonTokens.WriteStringIfAny(json, AlertProperty.Function.Text(), alert.Function);
            if (alert.Offset is { } offset)
            {
                json.WriteNumber(AlertProperty.Offset.Text(), offset);
            }

            JsonTokens.WriteStringIfAny(json, AlertProperty.Module.Text(), alert.Module);
            if (alert.Address is { } address)
            {
                JsonTokens.WriteAddress(json, AlertProperty.Address.Text(), address);
            }

            JsonTokens.WriteStringIfAny(json, AlertProperty.SourceFile.Text(), alert.SourceFile);
            if (alert.Line is { } line)
            {
                json.WriteNumber(AlertProperty.Line.Text(), line);
            }

            if (alert.InlineFrames is { Count: > 0 } frames)
            {
                StackFrameJsonWriter.Write(json, AlertProperty.InlineFrames.Text(), frames);
            }

            JsonTokens.WriteStringIfAny(json, AlertProperty.TrapName.Text(), alert.TrapName);
            JsonTokens.WriteStringIfAny(json, AlertProperty.TrapGroup.Text(), alert.TrapGroup);
            JsonTokens.WriteStringIfAny(json, AlertProperty.Location.Text(), alert.Location);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan[1..^1].ToArray();
    }
}
