using System.Text.Json;
using DropMon.Packets;

namespace DropMon.Files.Json;

/// <summary>The properties of an alert as they stand in JSON: those of <see cref="DropAlert"/>, by the same names.</summary>
internal enum AlertProperty
{
    Unknown = 0,
    Record,
    Timestamp,
    Count,
    InterfaceIndex,
    InterfaceName,
    EtherType,
    OriginalLength,
    Cpu,
    ProcessId,
    ProcessName,
    NetworkNamespace,
    Origin,
    Source,
    ComputerName,
    StackTrace,
    Payload,
    FlowActionCookie,

    /// <summary>Derived from others; written for those who read the JSON itself.</summary>
    Protocol,

    /// <summary>Derived from others; written for those who read the JSON itself.</summary>
    Packet,

    // From here on: what the site holds.
    Class,
    Type,
    Significance,
    Reason,
    ReasonSubsystem,
    Explanation,
    Function,
    Offset,
    Module,
    Address,
    SourceFile,
    Line,
    InlineFrames,
    TrapName,
    TrapGroup,

    /// <summary>Derived from others; written for those who read the JSON itself.</summary>
    Location,
}

/// <summary>Property names, encoded once.</summary>
internal static class AlertPropertyNames
{
    private static readonly JsonEncodedText[] Encoded = Enum.GetNames<AlertProperty>().Select(name => JsonEncodedText.Encode(name)).ToArray();

    public static JsonEncodedText Text(this AlertProperty property) => Encoded[(int)property];

    public static bool BelongsToSite(this AlertProperty property) => property >= AlertProperty.Class;

    public static AlertProperty Find(ReadOnlySpan<byte> name)
    {
        // Each length has few candidates, and comparing with a constant is a few machine words.
        switch (name.Length)
        {
            case 3:
                return name.SequenceEqual("Cpu"u8) ? AlertProperty.Cpu : default;
            case 4:
                return name.SequenceEqual("Type"u8) ? AlertProperty.Type
                    : name.SequenceEqual("Line"u8) ? AlertProperty.Line : default;
            case 5:
                return name.SequenceEqual("Count"u8) ? AlertProperty.Count
                    : name.SequenceEqual("Class"u8) ? AlertProperty.Class : default;
            case 6:
                return name.SequenceEqual("Origin"u8) ? AlertProperty.Origin
                    : name.SequenceEqual("Source"u8) ? AlertProperty.Source
                    : name.SequenceEqual("Reason"u8) ? AlertProperty.Reason
                    : name.SequenceEqual("Offset"u8) ? AlertProperty.Offset
                    : name.SequenceEqual("Module"u8) ? AlertProperty.Module
                    : name.SequenceEqual("Packet"u8) ? AlertProperty.Packet
                    : name.SequenceEqual("Record"u8) ? AlertProperty.Record : default;
            case 7:
                return name.SequenceEqual("Payload"u8) ? AlertProperty.Payload
                    : name.SequenceEqual("Address"u8) ? AlertProperty.Address : default;
            case 8:
                return name.SequenceEqual("Function"u8) ? AlertProperty.Function
                    : name.SequenceEqual("Protocol"u8) ? AlertProperty.Protocol
                    : name.SequenceEqual("Location"u8) ? AlertProperty.Location
                    : name.SequenceEqual("TrapName"u8) ? AlertProperty.TrapName : default;
            case 9:
                return name.SequenceEqual("Timestamp"u8) ? AlertProperty.Timestamp
                    : name.SequenceEqual("EtherType"u8) ? AlertProperty.EtherType
                    : name.SequenceEqual("ProcessId"u8) ? AlertProperty.ProcessId
                    : name.SequenceEqual("TrapGroup"u8) ? AlertProperty.TrapGroup : default;
            case 10:
                return name.SequenceEqual("StackTrace"u8) ? AlertProperty.StackTrace
                    : name.SequenceEqual("SourceFile"u8) ? AlertProperty.SourceFile : default;
            case 11:
                return name.SequenceEqual("ProcessName"u8) ? AlertProperty.ProcessName
                    : name.SequenceEqual("Explanation"u8) ? AlertProperty.Explanation : default;
            case 12:
                return name.SequenceEqual("Significance"u8) ? AlertProperty.Significance
                    : name.SequenceEqual("ComputerName"u8) ? AlertProperty.ComputerName
                    : name.SequenceEqual("InlineFrames"u8) ? AlertProperty.InlineFrames : default;
            case 13:
                return name.SequenceEqual("InterfaceName"u8) ? AlertProperty.InterfaceName : default;
            case 14:
                return name.SequenceEqual("InterfaceIndex"u8) ? AlertProperty.InterfaceIndex
                    : name.SequenceEqual("OriginalLength"u8) ? AlertProperty.OriginalLength : default;
            case 15:
                return name.SequenceEqual("ReasonSubsystem"u8) ? AlertProperty.ReasonSubsystem : default;
            case 16:
                return name.SequenceEqual("NetworkNamespace"u8) ? AlertProperty.NetworkNamespace
                    : name.SequenceEqual("FlowActionCookie"u8) ? AlertProperty.FlowActionCookie : default;
            default:
                return default;
        }
    }
}
