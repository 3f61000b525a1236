using System.Text.Json;
using DropMon.Packets;

namespace DropMon.Files.Json;

/// <summary>The values of an alert beyond its site's, as they are gathered from a record.</summary>
internal struct AlertFields
{
    public long? UtcTicks;
    public long Count;
    public int? InterfaceIndex;
    public string? InterfaceName;
    public ushort? EtherType;
    public int? OriginalLength;
    public int? Cpu;
    public int? ProcessId;
    public string? ProcessName;
    public ulong? NetworkNamespace;
    public DropOrigin Origin;
    public string? Source;
    public string? ComputerName;
    public IReadOnlyList<StackFrame>? StackTrace;
    public byte[]? Payload;
    public byte[]? FlowActionCookie;

    /// <summary>Reads the value of one of the alert's own properties.</summary>
    public void Read(AlertProperty property, ref Utf8JsonReader reader, ByteCache<string> strings, StackFrameJsonReader frames, ReadOnlySpan<byte> json)
    {
        switch (property)
        {
            case AlertProperty.Timestamp:
                UtcTicks = JsonTokens.ReadTimestamp(ref reader).UtcTicks;
                break;
            case AlertProperty.Count:
                Count = JsonTokens.ReadCount(ref reader);
                break;
            case AlertProperty.InterfaceIndex:
                InterfaceIndex = JsonTokens.ReadNumber(ref reader);
                break;
            case AlertProperty.InterfaceName:
                InterfaceName = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.EtherType:
                EtherType = JsonTokens.ReadUInt16(ref reader);
                break;
            case AlertProperty.OriginalLength:
                OriginalLength = JsonTokens.ReadNumber(ref reader);
                break;
            case AlertProperty.Cpu:
                Cpu = JsonTokens.ReadNumber(ref reader);
                break;
            case AlertProperty.ProcessId:
                ProcessId = JsonTokens.ReadNumber(ref reader);
                break;
            case AlertProperty.ProcessName:
                ProcessName = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.NetworkNamespace:
                NetworkNamespace = JsonTokens.ReadUInt64(ref reader);
                break;
            case AlertProperty.Origin:
                Origin = JsonTokens.ReadEnum<DropOrigin>(ref reader, strings);
                break;
            case AlertProperty.Source:
                // Any name: a later DropMon may have sources that this one lacks.
                Source = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.ComputerName:
                ComputerName = JsonTokens.ReadString(ref reader, strings);
                break;
            case AlertProperty.StackTrace:
                StackTrace = frames.Read(ref reader, json);
                break;
            case AlertProperty.Payload:
                Payload = JsonTokens.ReadBytes(ref reader, AlertLimits.MostPayload);
                break;
            case AlertProperty.FlowActionCookie:
                FlowActionCookie = JsonTokens.ReadBytes(ref reader, AlertLimits.MostCookie);
                break;
            default:
                reader.Skip();
                break;
        }
    }
}
