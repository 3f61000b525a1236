using System.Net;
using DropMon.Packets;
using DropMon.Reasons;

namespace DropMon.Evidence;

/// <summary>What to look for: a reason and, where an alert is at hand, what it tells of the packet. Null: anything.</summary>
internal sealed record EvidenceQuery
{
    public required string Reason { get; init; }

    public string Subsystem { get; init; } = KernelReasonTable.CoreSubsystem;

    public DropClass? Class { get; init; }

    public string? Function { get; init; }

    public string? InterfaceName { get; init; }

    public IPAddress? SourceAddress { get; init; }

    public IPAddress? DestinationAddress { get; init; }

    public int? DestinationPort { get; init; }

    /// <summary>Asks for what an alert tells; null where it has no reason.</summary>
    public static EvidenceQuery? Of(DropAlert alert) => alert.Reason is not { } reason ? null : new EvidenceQuery
    {
        Reason = reason,
        Subsystem = alert.ReasonSubsystem ?? KernelReasonTable.CoreSubsystem,
        Class = alert.Class,
        Function = alert.Function,
        InterfaceName = alert.InterfaceName,
        SourceAddress = AddressOf(alert.Packet?.SourceAddress),
        DestinationAddress = AddressOf(alert.Packet?.DestinationAddress),
        DestinationPort = alert.Packet?.DestinationPort,
    };

    /// <summary>Whether the interface is one that was asked for.</summary>
    public bool Concerns(string interfaceName) => InterfaceName is null || InterfaceName == interfaceName;

    private static IPAddress? AddressOf(string? text) => IPAddress.TryParse(text, out IPAddress? address) ? address : null;
}
