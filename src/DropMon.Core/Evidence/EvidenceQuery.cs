using System.Net;
using DropMon.Reasons;

namespace DropMon.Evidence;

/// <summary>
/// What to look for: a reason, a function, a class and, where an alert is at hand, what it says of the packet. Null: anything.
/// </summary>
internal sealed record EvidenceQuery
{
    /// <summary>The reason; null where the kernel gives none.</summary>
    public string? Reason { get; init; }

    public string Subsystem { get; init; } = KernelReasonTable.CoreSubsystem;

    public DropClass? Class { get; init; }

    public string? Function { get; init; }

    /// <summary>What the alert says of the drop: where causes share a place, it tells which one it is.</summary>
    public string? Explanation { get; init; }

    /// <summary>The interface: a name that a kernel lets one have, and so one that may be part of a path.</summary>
    public string? InterfaceName { get; init; }

    /// <summary>Whether the alert named an interface that no kernel lets one have: it is not looked up.</summary>
    public bool HasImpossibleInterface { get; init; }

    public IPAddress? SourceAddress { get; init; }

    public IPAddress? DestinationAddress { get; init; }

    public int? SourcePort { get; init; }

    public int? DestinationPort { get; init; }

    /// <summary>The hardware address that the frame is for; null without its bytes.</summary>
    public string? DestinationMac { get; init; }

    /// <summary>The VLAN tag in the frame's bytes; null without one, and where the device or the kernel took it off.</summary>
    public int? Vlan { get; init; }

    /// <summary>The network namespace of the drop, by its inode; null where that is not known.</summary>
    public ulong? NetworkNamespace { get; init; }

    /// <summary>The computer of the drop; null for this one.</summary>
    public string? ComputerName { get; init; }

    /// <summary>When the drop happened; null for now.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>What the asked probe's counters stood at a moment ago.</summary>
    public CounterMarks Before { get; init; } = CounterMarks.None;

    /// <summary>
    /// The reason, if it says why: not where the kernel's code has none for that drop, nor where DropMon does not know it.
    /// </summary>
    public string? DecidingReason => ReasonName.SaysWhy(Reason) && IsReasonKnown ? Reason : null;

    /// <summary>Whether DropMon knows the reason. One of a newer kernel decides nothing: its function and class do.</summary>
    public bool IsReasonKnown { get; init; } = true;

    /// <summary>Asks for what an alert says.</summary>
    public static EvidenceQuery Of(DropAlert alert) => new()
    {
        Reason = alert.Reason,
        Subsystem = alert.ReasonSubsystem ?? KernelReasonTable.CoreSubsystem,
        Class = alert.Class,
        Timestamp = alert.Timestamp,
        Function = alert.Function,
        Explanation = alert.Explanation,
        InterfaceName = alert.InterfaceName is { } name && Machine.InterfaceName.IsValid(name) ? name : null,
        HasImpossibleInterface = alert.InterfaceName is { } text && !Machine.InterfaceName.IsValid(text),
        SourceAddress = AddressOf(alert.Packet?.SourceAddress),
        DestinationAddress = AddressOf(alert.Packet?.DestinationAddress),
        SourcePort = alert.Packet?.SourcePort,
        DestinationPort = alert.Packet?.DestinationPort,
        DestinationMac = alert.Packet?.DestinationMac,
        Vlan = alert.Packet?.VlanId,
        NetworkNamespace = alert.NetworkNamespace,
        ComputerName = alert.ComputerName == Environment.MachineName ? null : alert.ComputerName,
    };

    /// <summary>Asks for a reason, or for a place that has none, whatever the packet.</summary>
    public static EvidenceQuery Of(DropReasonInfo reason) =>
        reason.Subsystem == DropReasonInfo.FunctionSubsystem ? new() { Function = reason.Name, Class = reason.Class }
        : reason.Subsystem == DropReasonInfo.TrapSubsystem ? new() { Class = reason.Class }
        : new() { Reason = reason.Name, Subsystem = reason.Subsystem };

    /// <summary>Whether the interface is one that was asked for.</summary>
    public bool Concerns(string interfaceName) => InterfaceName is null || InterfaceName == interfaceName;

    private static IPAddress? AddressOf(string? text) => IPAddress.TryParse(text, out IPAddress? address) ? address : null;
}
