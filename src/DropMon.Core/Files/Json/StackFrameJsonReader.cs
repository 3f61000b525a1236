using System.Text.Json;
using DropMon.Kernel.Symbols;
using DropMon.Model.Fields;

namespace DropMon.Files.Json;

/// <summary>
/// Reads stack traces and inline chains. The same few come again and again: a known one is recognised by its bytes and shared.
/// </summary>
internal sealed class StackFrameJsonReader(ByteCache<string> strings)
{
    private readonly ByteCache<IReadOnlyList<StackFrame>> _known = new(256, 16384, AlertLimits.MostSites);

    private readonly AlertJsonFields _fields = new();

    /// <summary>Bytes of the stacks that are remembered.</summary>
    internal long RememberedBytes => _known.Bytes;

    /// <summary>Reads the value of the property that the reader stands at.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">All that the reader was made from.</param>
    public IReadOnlyList<StackFrame> Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        Utf8JsonReader start = reader;
        reader.Skip();
        ReadOnlySpan<byte> bytes = json[(int)start.BytesConsumed..(int)reader.BytesConsumed];
        if (!_known.TryGet(bytes, out IReadOnlyList<StackFrame>? frames))
        {
            frames = ReadFrames(ref start, json);
            _known.Add(bytes, frames, StackFrame.WeightOf(frames));
        }

        return frames;
    }

    private StackFrame[] ReadFrames(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        JsonTokens.Expect(ref reader, JsonTokenType.StartArray, "a list of stack frames");
        var frames = new List<StackFrame>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (frames.Count == AlertLimits.MostFrames)
            {
                throw new JsonException($"A stack has more than {AlertLimits.MostFrames} frames.");
            }

            // ConvertTo-Json writes a frame's text only.
            frames.Add(reader.TokenType == JsonTokenType.String
                ? LocationText.Parse(JsonTokens.ReadText(ref reader)) : ReadFrame(ref reader, json));
        }

        return frames.ToArray();
    }

    private StackFrame ReadFrame(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw JsonTokens.Wrong("a stack frame");
        }

        ulong address = 0;
        ulong offset = 0;
        string? function = null;
        string? module = null;
        string? file = null;
        int? line = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            DropField? field = _fields.Find(reader.ValueSpan)?.Field;
            if (JsonTokens.SkipNull(ref reader, json))
            {
                continue;
            }

            if (field == DropFields.Address)
            {
                address = JsonTokens.ReadAddress(ref reader);
            }
            else if (field == DropFields.Function)
            {
                function = JsonTokens.ReadString(ref reader, strings);
            }
            else if (field == DropFields.Offset)
            {
                offset = JsonTokens.ReadUInt64(ref reader);
            }
            else if (field == DropFields.Module)
            {
                module = JsonTokens.ReadString(ref reader, strings);
            }
            else if (field == DropFields.SourceFile)
            {
                file = JsonTokens.ReadString(ref reader, strings);
            }
            else if (field == DropFields.Line)
            {
                line = JsonTokens.ReadInt32(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new StackFrame(address, function, offset, module, file, line);
    }
}
