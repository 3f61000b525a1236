using DropMon.Machine;
using DropMon.Packets;
using DropMon.Sources.NetDm.Checks;
using DropMon.Text;

namespace DropMon.Sources.NetDm;

/// <summary>The kernel's drop monitor: generic netlink family NET_DM.</summary>
internal sealed class NetDmDescriptor : SourceDescriptor
{
    private const string NoInterface = "summaries do not report the interface";
    private const string NoPacket = "summaries carry no packet";
    private const string NoContext = "the drop monitor reports later and does not say where the code ran";
    private static readonly string HardwareOnly = $"reported only for drops by devices ({OptionId.Hardware})";
    private const string NoReasons = "this kernel's drop monitor gives no reasons (Linux 6.0 and later do)";

    private static readonly HashSet<DropField> InSummary =
        [DropField.Function, DropField.Offset, DropField.SourceFile, DropField.Line, DropField.TrapName, DropField.TrapGroup];

    private static readonly HashSet<DropField> InPacket =
    [
        .. InSummary, DropField.Reason, DropField.ReasonSubsystem, DropField.InterfaceIndex, DropField.InterfaceName, DropField.Packet, DropField.Payload,
        DropField.OriginalLength, DropField.EtherType, DropField.FlowActionCookie,
    ];

    public override string Name => "NetDm";

    public override string Title => "the kernel's drop monitor";

    public override string ShortTitle => "drop monitor";

    public override SourceFeatures Features => SourceFeatures.HardwareDrops | SourceFeatures.Summaries;

    public override IReadOnlySet<SourceOption> Options { get; } = new HashSet<SourceOption>
    {
        SourceOption.Mode, SourceOption.Hardware, SourceOption.TruncationLength, SourceOption.QueueLength, SourceOption.ReceiveBuffer, SourceOption.Force,
    };

    public override IReadOnlyList<IReadOnlyList<Capability>> Capabilities { get; } = [[Capability.NetAdmin], [Capability.SysAdmin]];

    public override string CapabilityText => "CAP_NET_ADMIN and CAP_SYS_ADMIN";

    public override string ContainerGrant => "NET_ADMIN and SYS_ADMIN and the host's network (--network host)";

    public override IReadOnlyList<IPreflightCheck> CreateChecks() =>
        [new NetworkNamespaceCheck(), new DropMonitorCheck(), new DropMonitorStateCheck(), new ReceiveBufferCheck(), new OwnershipRecordCheck()];

    public override IReadOnlySet<DropField> FieldsIn(DropAlertMode mode) => mode == DropAlertMode.Summary ? InSummary : InPacket;

    public override IReadOnlyList<string> BlindSpotsIn(DropAlertMode? mode) => mode == DropAlertMode.Summary
        ? ["In summary mode the kernel reports each place about once a second and does not count what it drops beyond 64 places in that second."]
        :
        [
            "In packet mode the kernel does not report packets without a link-layer header, nor packets that it had no memory to copy.",
            "For a drop in another network namespace, such as a container's, the kernel reports the interface's index in that namespace: DropMon names it as if it were one of this namespace.",
        ];

    public override string? ExplainNull(DropField field, DropAlert alert) => NullReason.Of(field) ?? field switch
    {
        // A packet always has a protocol.
        DropField.Reason or DropField.ReasonSubsystem => alert.EtherType is null ? "summaries do not report the reason" : NoReasons,
        DropField.StackTrace => "the drop monitor records no stack traces",
        DropField.InterfaceIndex or DropField.InterfaceName => NoInterface,
        DropField.Packet or DropField.Payload or DropField.OriginalLength => NoPacket,
        DropField.EtherType => "summaries do not report the protocol",
        DropField.Cpu or DropField.ProcessId or DropField.ProcessName => NoContext,
        DropField.NetworkNamespace => "the drop monitor does not report it",
        DropField.TrapName or DropField.TrapGroup or DropField.FlowActionCookie => HardwareOnly,
        _ => null,
    };

    public override DropMonException? Probe() => NetDmSource.Probe();

    public override IDropSource Create(SourceRequest request) => new NetDmSource(this, NetDmOptions.Of(request), LostInSummary(request));

    private string? LostInSummary(SourceRequest request) =>
        SourceDemand.Of(request).FirstOrDefault(demand => demand.IsLostInSummaries(this, DropAlertMode.Summary))?.Option;
}
