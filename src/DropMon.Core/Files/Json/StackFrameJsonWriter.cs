using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>Writes stack traces and inline chains: an array of objects with the properties of <see cref="StackFrame"/>.</summary>
internal static class StackFrameJsonWriter
{
    private static readonly JsonEncodedText Address = JsonEncodedText.Encode(nameof(StackFrame.Address));
    private static readonly JsonEncodedText Function = JsonEncodedText.Encode(nameof(StackFrame.Function));
    private static readonly JsonEncodedText Offset = JsonEncodedText.Encode(nameof(StackFrame.Offset));
    private static readonly JsonEncodedText Module = JsonEncodedText.Encode(nameof(StackFrame.Module));
    private static readonly JsonEncodedText SourceFile = JsonEncodedText.Encode(nameof(StackFrame.SourceFile));
    private static readonly JsonEncodedText Line = JsonEncodedText.Encode(nameof(StackFrame.Line));

    public static void Write(Utf8JsonWriter json, JsonEncodedText name, IReadOnlyList<StackFrame> frames)
    {
        json.WriteStartArray(name);
        foreach (StackFrame frame in frames)
        {
            json.WriteStartObject();
            if (frame.Address != 0)
            {
                JsonTokens.WriteAddress(json, Address, frame.Address);
            }

            JsonTokens.WriteStringIfAny(json, Function, frame.Function);
            if (frame.Offset != 0)
            {
                json.WriteNumber(Offset, frame.Offset);
            }

            JsonTokens.WriteStringIfAny(json, Module, frame.Module);
            JsonTokens.WriteStringIfAny(json, SourceFile, frame.SourceFile);
            if (frame.Line is { } line)
            {
                json.WriteNumber(Line, line);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
