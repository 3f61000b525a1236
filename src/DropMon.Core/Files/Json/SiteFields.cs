using System.Text.Json;

namespace DropMon.Files.Json;

/// <summary>The values that make a site, as they are gathered from a record. Equal values make the same site.</summary>
internal record struct SiteFields
{
    public DropClass Class;
    public string? Type;
    public DropSignificance Significance;
    public string? Reason;
    public string? ReasonSubsystem;
    public string? Explanation;
    public string? Function;
    public ulong? Offset;
    public string? Module;
    public ulong? Address;
    public string? SourceFile;
    public int? Line;
    public IReadOnlyList<StackFrame>? InlineFrames;
    public string? TrapName;
    public string? TrapGroup;

    /// <summary>Reads the value of one of the site's properties.</summary>
    public void Read(AlertProperty property, ref Utf8JsonReader reader, ByteCache<string> strings, StackFrameJsonReader frames, ReadOnlySpan<byte> json)
    {
        switch (property)
        {
            case AlertProperty.Class:
                // A class that a later DropMon added is unknown to this one, and no reason to refuse the alert.
                Class = JsonTokens.ReadEnum<DropClass>(ref reader, strings, DropClass.Unknown);
                break;
            case AlertProperty.Type:
                Type = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.Significance:
                Significance = JsonTokens.ReadEnum<DropSignificance>(ref reader, strings, DropSignificance.Unknown);
                break;
            case AlertProperty.Reason:
                Reason = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.ReasonSubsystem:
                ReasonSubsystem = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.Explanation:
                Explanation = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.Function:
                Function = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.Offset:
                Offset = JsonTokens.ReadUInt64(ref reader);
                break;
            case AlertProperty.Module:
                Module = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.Address:
                Address = JsonTokens.ReadAddress(ref reader);
                break;
            case AlertProperty.SourceFile:
                SourceFile = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.Line:
                Line = JsonTokens.ReadInt32(ref reader);
                break;
            case AlertProperty.InlineFrames:
                InlineFrames = frames.Read(ref reader, json);
                break;
            case AlertProperty.TrapName:
                TrapName = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.TrapGroup:
                TrapGroup = JsonTokens.ReadString(ref reader, strings);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>Bytes that the site takes in memory.</summary>
    public readonly int Weight => (int)Math.Min(
        int.MaxValue,
        DropSite.UsualWeight + StackFrame.WeightOf(InlineFrames ?? []) + (2L * (Length(Type) + Length(Reason) + Length(ReasonSubsystem) + Length(Explanation)
            + Length(Function) + Length(Module) + Length(SourceFile) + Length(TrapName) + Length(TrapGroup))));

    private static long Length(string? text) => text?.Length ?? 0;

    public readonly DropSite Build()
    {
        SourceLocation? source = SourceFile is { } file && Line is { } line ? new SourceLocation(file, line, InlineFrames ?? []) : null;
        return new DropSite(source is null ? null : () => source)
        {
            Class = Class,
            Type = Type,
            Significance = Significance,
            Reason = Reason,
            ReasonSubsystem = ReasonSubsystem,
            Explanation = Explanation,
            Function = Function,
            Offset = Offset,
            Module = Module,
            Address = Address,
            TrapName = TrapName,
            TrapGroup = TrapGroup,
            Weight = Weight,
        };
    }
}
