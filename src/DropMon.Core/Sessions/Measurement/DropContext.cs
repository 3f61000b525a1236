using DropMon.Model.Fields;

namespace DropMon.Sessions.Measurement;

/// <summary>What a label may hold of a drop beyond its site.</summary>
internal readonly record struct DropContext
{
    public string? InterfaceName { get; init; }

    public string? Protocol { get; init; }

    public string? ProcessName { get; init; }

    public int? ProcessId { get; init; }

    public int? Cpu { get; init; }

    public ulong? NetworkNamespace { get; init; }

    public string? NetworkNamespaceName { get; init; }

    public string? Unit { get; init; }

    public string? Container { get; init; }

    public string? ComputerName { get; init; }

    /// <summary>The value of a field by which drops are grouped.</summary>
    public object? Read(DropField field) =>
        field == DropFields.InterfaceName ? InterfaceName
        : field == DropFields.Protocol ? Protocol
        : field == DropFields.ProcessName ? ProcessName
        : field == DropFields.ProcessId ? ProcessId
        : field == DropFields.Cpu ? Cpu
        : field == DropFields.NetworkNamespace ? NetworkNamespace
        : field == DropFields.NetworkNamespaceName ? NetworkNamespaceName
        : field == DropFields.Unit ? Unit
        : field == DropFields.Container ? Container
        : field == DropFields.ComputerName ? ComputerName
        : throw new ArgumentOutOfRangeException(nameof(field));

    public static DropContext Of(DropAlert alert, GroupLabeler labeler) => new()
    {
        InterfaceName = alert.InterfaceName,
        Protocol = labeler.UsesProtocol ? alert.Protocol : null,
        ProcessName = alert.ProcessName,
        ProcessId = alert.ProcessId,
        Cpu = alert.Cpu,
        NetworkNamespace = alert.NetworkNamespace,
        NetworkNamespaceName = alert.NetworkNamespaceName,
        Unit = alert.Unit,
        Container = alert.Container,
        ComputerName = alert.ComputerName,
    };
}
