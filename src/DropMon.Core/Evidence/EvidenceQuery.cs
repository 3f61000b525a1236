using System.Net;
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

    /// <summary>Whether the interface is one that was asked for.</summary>
    public bool Concerns(string interfaceName) => InterfaceName is null || InterfaceName == interfaceName;
}
