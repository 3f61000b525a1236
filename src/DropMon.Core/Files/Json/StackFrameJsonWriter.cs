namespace DropMon.Files.Json;

/// <summary>Writes stack traces and inline chains: an array of objects with the properties of <see cref="StackFrame"/>.</summary>
internal static class StackFrameJsonWriter
{
    private static readonly byte[] Address = JsonProperties.Name(nameof(StackFrame.Address));
    private static readonly byte[] Function = JsonProperties.Name(nameof(StackFrame.Function));
    private static readonly byte[] Offset = JsonProperties.Name(nameof(StackFrame.Offset));
    private static readonly byte[] Module = JsonProperties.Name(nameof(StackFrame.Module));
    private static readonly byte[] SourceFile = JsonProperties.Name(nameof(StackFrame.SourceFile));
    private static readonly byte[] Line = JsonProperties.Name(nameof(StackFrame.Line));

    public static void Write(JsonProperties json, ReadOnlySpan<byte> name, IReadOnlyList<StackFrame> frames)
    {
        json.Write(name);
        json.Write("["u8);
        for (int i = 0; i < frames.Count; i++)
        {
            if (i > 0)
            {
                json.Write(","u8);
            }

            Write(json, frames[i]);
        }

        json.Write("]"u8);
    }

    private static void Write(JsonProperties json, StackFrame frame)
    {
        int start = json.Length;
        if (frame.Address != 0)
        {
            json.WriteAddress(Address, frame.Address);
        }

        json.WriteText(Function, frame.Function);
        if (frame.Offset != 0)
        {
            json.WriteNumber(Offset, frame.Offset);
        }

        json.WriteText(Module, frame.Module);
        json.WriteText(SourceFile, frame.SourceFile);
        if (frame.Line is { } line)
        {
            json.WriteNumber(Line, (long)line);
        }

        json.CloseObject(start);
    }
}
