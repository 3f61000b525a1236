using DropMon.Evidence;
using DropMon.Monitoring.Preflight;
using DropMon.Packets;

namespace DropMon.Preflight;

/// <summary>Which properties a source leaves null, seen on an alert that it delivered, and why.</summary>
internal static class NullProperties
{
    private const string NoPacket = "the tracepoint carries no bytes of the packet";
    private const string NoInterface = "the tracepoint does not carry the interface";
    private const string NoContext = "the drop monitor reports later and does not tell where the drop ran";
    private const string HardwareOnly = "told of drops by devices only (-Hardware)";
    private const string NoSymbols = "the kernel hides its symbols from this process (see KernelSymbols)";
    private const string NoDebugInformation = "there is no debug information for this kernel (see SourceLines)";

    private static readonly (string Property, Func<DropAlert, object?> Value, string? Tracepoint, string? NetDm)[] All =
    [
        (nameof(DropAlert.Reason), alert => alert.Reason, "this kernel gives no reasons (Linux 5.17 and later do)", "this kernel's drop monitor gives no reasons (Linux 6.0 and later do)"),
        (nameof(DropAlert.ReasonSubsystem), alert => alert.ReasonSubsystem, "this kernel gives no reasons (Linux 5.17 and later do)", "this kernel's drop monitor gives no reasons (Linux 6.0 and later do)"),
        (nameof(DropAlert.Function), alert => alert.Function, NoSymbols, NoSymbols),
        (nameof(DropAlert.Offset), alert => alert.Offset, NoSymbols, NoSymbols),
        (nameof(DropAlert.SourceFile), alert => alert.SourceFile, NoDebugInformation, NoDebugInformation),
        (nameof(DropAlert.Line), alert => alert.Line, NoDebugInformation, NoDebugInformation),
        (nameof(DropAlert.StackTrace), alert => alert.StackTrace, "recorded only when asked for (-StackTrace)", "the drop monitor records no stack traces"),
        (nameof(DropAlert.InterfaceIndex), alert => alert.InterfaceIndex, NoInterface, "summaries do not tell the interface"),
        (nameof(DropAlert.InterfaceName), alert => alert.InterfaceName, NoInterface, "summaries do not tell the interface"),
        (nameof(DropAlert.Packet), alert => alert.Packet, NoPacket, "summaries carry no packet"),
        (nameof(DropAlert.Payload), alert => alert.Payload, NoPacket, "summaries carry no packet"),
        (nameof(DropAlert.OriginalLength), alert => alert.OriginalLength, NoPacket, "summaries carry no packet"),
        (nameof(DropAlert.EtherType), alert => alert.EtherType, null, "summaries do not tell the protocol"),
        (nameof(DropAlert.Cpu), alert => alert.Cpu, null, NoContext),
        (nameof(DropAlert.ProcessId), alert => alert.ProcessId, null, NoContext),
        (nameof(DropAlert.ProcessName), alert => alert.ProcessName, "the process ended before its name was read", NoContext),
        (nameof(DropAlert.NetworkNamespace), alert => alert.NetworkNamespace, "the tracepoint does not carry it", "the drop monitor does not tell it"),
        (nameof(DropAlert.TrapName), alert => alert.TrapName, "the tracepoint does not see drops by devices", HardwareOnly),
        (nameof(DropAlert.TrapGroup), alert => alert.TrapGroup, "the tracepoint does not see drops by devices", HardwareOnly),
        (nameof(DropAlert.FlowActionCookie), alert => alert.FlowActionCookie, "the tracepoint does not see drops by devices", HardwareOnly),
    ];

    /// <summary>Those that are null on an alert of the source.</summary>
    public static IReadOnlyList<NullProperty> Of(DropAlert alert) =>
    [
        .. All.Where(entry => entry.Value(alert) is null)
            .Select(entry => new NullProperty(entry.Property, Why(entry.Property, alert.Source == DropSourceKind.NetDm ? entry.NetDm : entry.Tracepoint, alert))),
    ];

    private static string Why(string property, string? why, DropAlert alert) =>
        property is nameof(DropAlert.Reason) or nameof(DropAlert.ReasonSubsystem) && IsOfSummary(alert) ? "summaries do not tell the reason" : why ?? "the kernel did not tell";

    // A packet always has a protocol.
    private static bool IsOfSummary(DropAlert alert) => alert is { Source: DropSourceKind.NetDm, EtherType: null };
}
