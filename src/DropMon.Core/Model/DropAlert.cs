using DropMon.Model.Fields;
using DropMon.Packets;

namespace DropMon;

/// <summary>
/// One dropped packet, or one summary of several dropped at the same place. The same object whether it comes live,
/// from a running monitor's buffer, from a file or from another computer. A property is null where the source or the
/// kernel cannot know it.
/// </summary>
public sealed class DropAlert
{
    private readonly AlertValues _values;
    private Packet? _packet;

    /// <summary>Creates an alert.</summary>
    /// <param name="site">What is the same for all drops at that place.</param>
    /// <param name="timestamp">When the packet was dropped.</param>
    public DropAlert(DropSite site, DateTimeOffset timestamp)
        : this(site, timestamp.UtcTicks)
    {
    }

    internal DropAlert(DropSite site, long utcTicks)
    {
        Site = site;
        _values.UtcTicks = utcTicks;
        _values.Count = 1;
        _values.Source = DropSourceName.Replay;
    }

    internal DropAlert(DropSite site, in AlertValues values)
    {
        Site = site;
        _values = values;
    }

    /// <summary>What this alert shares with all others from the same place.</summary>
    internal DropSite Site { get; }

    /// <summary>When the packet was dropped, by this computer's wall clock (NET_DM_ATTR_TIMESTAMP, or the perf sample's time).</summary>
    public DateTimeOffset Timestamp => LocalTime.Of(_values.UtcTicks);

    /// <summary>How many packets this alert stands for: 1, or the count of a summary.</summary>
    public long Count { get => _values.Count; init => _values.Count = value; }

    /// <inheritdoc cref="DropSite.Class"/>
    public DropClass Class => Site.Class;

    /// <inheritdoc cref="DropSite.Type"/>
    public string? Type => Site.Type;

    /// <inheritdoc cref="DropSite.Significance"/>
    public DropSignificance Significance => Site.Significance;

    /// <inheritdoc cref="DropSite.Reason"/>
    public string? Reason => Site.Reason;

    /// <inheritdoc cref="DropSite.ReasonSubsystem"/>
    public string? ReasonSubsystem => Site.ReasonSubsystem;

    /// <inheritdoc cref="DropSite.Explanation"/>
    public string? Explanation => Site.Explanation;

    /// <inheritdoc cref="DropSite.Function"/>
    public string? Function => Site.Function;

    /// <inheritdoc cref="DropSite.Offset"/>
    public ulong? Offset => Site.Offset;

    /// <inheritdoc cref="DropSite.Module"/>
    public string? Module => Site.Module;

    /// <inheritdoc cref="DropSite.Address"/>
    public ulong? Address => Site.Address;

    /// <summary>The source file of the dropping statement; null without debug information.</summary>
    public string? SourceFile => Site.Source?.File;

    /// <summary>The line in <see cref="SourceFile"/>; null without debug information.</summary>
    public int? Line => Site.Source?.Line;

    /// <summary>The functions inlined at the place, innermost first; null without debug information.</summary>
    /// <remarks>Internal, like the stack: ConvertTo-Json goes too deep into what .NET shows it. The module shows both, see its
    /// AlertMembers.</remarks>
    internal IReadOnlyList<StackFrame>? InlineFrames => Site.Source?.InlineFrames;

    /// <inheritdoc cref="DropSite.Location"/>
    public string? Location => Site.Location;

    /// <summary>The kernel stack, innermost frame first; null unless it was asked for.</summary>
    internal IReadOnlyList<StackFrame>? StackTrace { get => _values.StackTrace; init => _values.StackTrace = value; }

    /// <summary>The index of the interface the packet came in by (NET_DM_ATTR_IN_PORT).</summary>
    public int? InterfaceIndex { get => _values.InterfaceIndex; init => _values.InterfaceIndex = value; }

    /// <summary>The interface's name at the time of the drop.</summary>
    public string? InterfaceName { get => _values.InterfaceName; init => _values.InterfaceName = value; }

    /// <summary>The EtherType that the kernel had for the packet (skb->protocol); null where the source does not tell.</summary>
    public ushort? EtherType { get => _values.EtherType; init => _values.EtherType = value; }

    /// <summary>
    /// The transport protocol where the packet's bytes tell it: TCP, UDP, ICMP, ...; else the network protocol: IPv4, ARP,
    /// or the EtherType as a number. Of a tunnel's packet it is the outer one's.
    /// </summary>
    public string? Protocol => PacketPeek.At(Payload, EtherType).Name;

    /// <summary>The dissected headers; null where no packet bytes came with the alert. Dissected when first asked for.</summary>
    public Packet? Packet => _packet ??= Payload is { Length: > 0 } bytes
        ? PacketDissector.Dissect(bytes, OriginalLength ?? bytes.Length, EtherType) : null;

    /// <summary>The packet's bytes from its link-layer header on, perhaps truncated (NET_DM_ATTR_PAYLOAD).</summary>
    public byte[]? Payload { get => _values.Payload; init => _values.Payload = value; }

    /// <summary>The packet's length before truncation, in bytes (NET_DM_ATTR_ORIG_LEN).</summary>
    public int? OriginalLength { get => _values.OriginalLength; init => _values.OriginalLength = value; }

    /// <summary>The packet's mark, as nftables, tc and SO_MARK set it; null for 0, which means none.</summary>
    public ulong? Mark { get => _values.Mark; init => _values.Mark = value; }

    /// <summary>The packet's priority, as SO_PRIORITY sets it and queueing disciplines read it: 0 or more.</summary>
    public ulong? Priority { get => _values.Priority; init => _values.Priority = value; }

    /// <summary>The hash of the packet's flow; null for 0, which means that none was calculated.</summary>
    public ulong? Hash { get => _values.Hash; init => _values.Hash = value; }

    /// <summary>
    /// The number of the transmit queue; of a received packet the number of the receive queue plus 1, 0 where none
    /// was noted.
    /// </summary>
    public int? QueueMapping { get => _values.QueueMapping; init => _values.QueueMapping = value; }

    /// <summary>The VLAN of the tag that the kernel keeps beside the packet's bytes, 0 to 4095; null without such a tag.</summary>
    public int? VlanId { get => _values.VlanId; init => _values.VlanId = value; }

    /// <summary>
    /// The bytes of payload in each segment that the packet is to be cut into; null where it is not, or where they differ.
    /// </summary>
    public int? GsoSize { get => _values.GsoSize; init => _values.GsoSize = value; }

    /// <summary>How many segments the packet is to be cut into, or was put together from; null where it is one, or not known.</summary>
    public int? GsoSegments { get => _values.GsoSegments; init => _values.GsoSegments = value; }

    /// <summary>The CPU it was dropped on.</summary>
    public int? Cpu { get => _values.Cpu; init => _values.Cpu = value; }

    /// <summary>The process in whose context the drop happened: often just the one that an interrupt met.</summary>
    public int? ProcessId { get => _values.ProcessId; init => _values.ProcessId = value; }

    /// <summary>The name of <see cref="ProcessId"/>, control characters escaped.</summary>
    public string? ProcessName { get => _values.ProcessName; init => _values.ProcessName = value; }

    /// <summary>The network namespace, as its inode number; null where the source does not tell.</summary>
    public ulong? NetworkNamespace { get => _values.NetworkNamespace; init => _values.NetworkNamespace = value; }

    /// <summary>The name that the network namespace has below <c>/run/netns</c>; null where it has none.</summary>
    public string? NetworkNamespaceName { get => _values.NetworkNamespaceName; init => _values.NetworkNamespaceName = value; }

    /// <summary>
    /// The control group of the packet's socket, as its path from the root of cgroup2 on: the sender's while the packet is on its way out,
    /// the receiver's where the kernel passes it (Linux 6.11).
    /// </summary>
    public string? ControlGroup { get => _values.ControlGroup; init => _values.ControlGroup = value; }

    /// <summary>The systemd unit of <see cref="ControlGroup"/>, such as <c>nginx.service</c>.</summary>
    public string? Unit { get => _values.Unit; init => _values.Unit = value; }

    /// <summary>
    /// The container of <see cref="ControlGroup"/>, else the only one in the network namespace: its name, <c>namespace/pod/container</c> in
    /// Kubernetes, or the first 12 digits of its id.
    /// </summary>
    public string? Container { get => _values.Container; init => _values.Container = value; }

    /// <summary>Whether the kernel or a device dropped it.</summary>
    public DropOrigin Origin { get => (DropOrigin)_values.Origin; init => _values.Origin = (byte)value; }

    /// <inheritdoc cref="DropSite.TrapName"/>
    public string? TrapName => Site.TrapName;

    /// <inheritdoc cref="DropSite.TrapGroup"/>
    public string? TrapGroup => Site.TrapGroup;

    /// <summary>The cookie of the hardware flow rule that dropped it (NET_DM_ATTR_FLOW_ACTION_COOKIE).</summary>
    public byte[]? FlowActionCookie { get => _values.FlowActionCookie; init => _values.FlowActionCookie = value; }

    /// <summary>
    /// The name of the source that delivered it: <c>NetDm</c>, <c>Tracepoint</c>, ...; or <see cref="DropSourceName.Replay"/>.
    /// </summary>
    public string Source { get => _values.Source; init => _values.Source = value; }

    /// <summary>The computer that it happened on; null for this one.</summary>
    public string? ComputerName { get => _values.ComputerName; init => _values.ComputerName = value; }

    /// <inheritdoc/>
    public override string ToString() =>
        Count == 1 ? $"{Class} {Type}: {Site}" : $"{Class} {Type}: {Count} x {Site}";
}
