namespace DropMon.Sources;

/// <summary>
/// A drop as a source decoded it: views into the source's buffer, valid only during the call that hands it over.
/// Nothing is copied before the filter has had its say. An empty span or a zero means that the source does not tell,
/// unless said otherwise.
/// </summary>
internal ref struct RawDrop
{
    /// <summary>When, in nanoseconds since 1970 (UTC).</summary>
    public long UnixNanoseconds;

    /// <summary>How many packets.</summary>
    public long Count;

    /// <summary>The return address after the call that freed the packet.</summary>
    public ulong Address;

    /// <summary>The kernel's own text of <see cref="Address"/>: <c>function+0x1/0x2 [module]</c>, cut at 40 bytes.</summary>
    public ReadOnlySpan<byte> Symbol;

    /// <summary>The reason by number (enum skb_drop_reason); meaningful when <see cref="HasReasonNumber"/>.</summary>
    public uint ReasonNumber;

    public bool HasReasonNumber;

    /// <summary>The reason by name.</summary>
    public ReadOnlySpan<byte> ReasonName;

    /// <summary>The index of the interface the packet came in by.</summary>
    public int InterfaceIndex;

    public ReadOnlySpan<byte> InterfaceName;

    /// <summary>The EtherType in host order; meaningful when <see cref="HasEtherType"/>.</summary>
    public ushort EtherType;

    public bool HasEtherType;

    /// <summary>The packet from its link-layer header on.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>The packet's length before truncation; meaningful when there is a payload.</summary>
    public int OriginalLength;

    /// <summary>Null where the source does not tell.</summary>
    public PacketMetadata? Metadata;

    public int Cpu;

    public bool HasContext;

    /// <summary>The process it ran in; with <see cref="Cpu"/> meaningful when <see cref="HasContext"/>.</summary>
    public int ProcessId;

    /// <summary>The name of <see cref="ProcessId"/> at the drop.</summary>
    public ReadOnlySpan<byte> ProcessName;

    /// <summary>The inode number of the network namespace that the interface belongs to.</summary>
    public uint NetworkNamespace;

    /// <summary>The number of the control group that the packet's socket belongs to (cgroup2).</summary>
    public ulong ControlGroup;

    public DropOrigin Origin;

    public ReadOnlySpan<byte> TrapName;

    public ReadOnlySpan<byte> TrapGroup;

    public ReadOnlySpan<byte> FlowActionCookie;

    /// <summary>The kernel stack, innermost frame first.</summary>
    public ReadOnlySpan<ulong> StackTrace;
}
