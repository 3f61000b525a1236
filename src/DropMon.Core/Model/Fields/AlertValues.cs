namespace DropMon.Model.Fields;

/// <summary>What a <see cref="DropAlert"/> holds beyond its site.</summary>
internal struct AlertValues
{
    public long UtcTicks;
    public long Count;
    public int? InterfaceIndex;
    public string? InterfaceName;
    public ushort? EtherType;
    public int? OriginalLength;
    public ulong? Mark;
    public ulong? Priority;
    public ulong? Hash;
    public int? QueueMapping;
    public int? VlanId;
    public int? GsoSize;
    public int? GsoSegments;
    public int? Cpu;
    public int? ProcessId;
    public string? ProcessName;
    public ulong? NetworkNamespace;
    public string? NetworkNamespaceName;
    public string? ControlGroup;
    public string? Unit;
    public string? Container;
    public byte Origin;
    public string Source;
    public string? ComputerName;
    public IReadOnlyList<StackFrame>? StackTrace;
    public byte[]? FlowActionCookie;
    public byte[]? Payload;
}
