using System.Net;
using DropMon.Packets;
using DropMon.Reasons;

namespace DropMon.Evidence;

/// <summary>What to look for: a reason, a function, a class and, where an alert is at hand, what it says of the packet. Null: anything.</summary>
internal sealed record EvidenceQuery
{
    /// <summary>The reason; null where the kernel gives none.</summary>
    public string? Reason { get; init; }

    public string Subsystem { get; init; } = KernelReasonTable.CoreSubsystem;

    public DropClass? Class { get; init; }

    public string? Function { get; init; }

    public string? InterfaceName { get; init; }

    public IPAddress? SourceAddress { get; init; }

    public IPAddress? DestinationAddress { get; init; }

    public int? DestinationPort { get; init; }

    /// <summary>The reason, if it says why: not where the kernel's code has none for that drop, nor where DropMon does not know it.</summary>
    public string? DecidingReason => ReasonName.SaysWhy(Reason) && IsReasonKnown ? Reason : null;

    /// <summary>Whether DropMon knows the reason. One of a newer kernel decides nothing: its function and class do.</summary>
    public bool IsReasonKnown { get; init; } = true;

    /// <summary>Asks for what an alert says.</summary>
    public static EvidenceQuery Of(DropAlert alert) => new()
    {
        Reason = alert.Reason,
        Subsystem = alert.ReasonSubsystem ?? KernelReasonTable.CoreSubsystem,
        Class = alert.Class,
        Function = alert.Function,
        InterfaceName = alert.InterfaceName,
        SourceAddress = AddressOf(alert.Packet?.SourceAddress),
        DestinationAddress = AddressOf(alert.Packet?.DestinationAddress),
        DestinationPort = alert.Packet?.DestinationPort,
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
