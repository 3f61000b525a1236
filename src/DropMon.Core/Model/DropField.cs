using DropMon.Packets;

namespace DropMon;

/// <summary>The properties of <see cref="DropAlert"/> that may be null: which of them an alert has depends on its source, the kernel and the machine.</summary>
internal enum DropField
{
    Reason,
    ReasonSubsystem,
    Function,
    Offset,
    SourceFile,
    Line,
    StackTrace,
    InterfaceIndex,
    InterfaceName,
    Packet,
    Payload,
    OriginalLength,
    EtherType,
    Cpu,
    ProcessId,
    ProcessName,
    NetworkNamespace,
    TrapName,
    TrapGroup,
    FlowActionCookie,
}

/// <summary>Values of fields.</summary>
internal static class DropFieldValues
{
    /// <summary>The value of a field; null where the alert lacks it.</summary>
    public static object? Read(this DropField field, DropAlert alert) => field switch
    {
        DropField.Reason => alert.Reason,
        DropField.ReasonSubsystem => alert.ReasonSubsystem,
        DropField.Function => alert.Function,
        DropField.Offset => alert.Offset,
        DropField.SourceFile => alert.SourceFile,
        DropField.Line => alert.Line,
        DropField.StackTrace => alert.StackTrace,
        DropField.InterfaceIndex => alert.InterfaceIndex,
        DropField.InterfaceName => alert.InterfaceName,
        DropField.Packet => alert.Packet,
        DropField.Payload => alert.Payload,
        DropField.OriginalLength => alert.OriginalLength,
        DropField.EtherType => alert.EtherType,
        DropField.Cpu => alert.Cpu,
        DropField.ProcessId => alert.ProcessId,
        DropField.ProcessName => alert.ProcessName,
        DropField.NetworkNamespace => alert.NetworkNamespace,
        DropField.TrapName => alert.TrapName,
        DropField.TrapGroup => alert.TrapGroup,
        DropField.FlowActionCookie => alert.FlowActionCookie,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
