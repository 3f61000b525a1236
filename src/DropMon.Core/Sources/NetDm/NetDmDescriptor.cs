using DropMon.Machine;
using DropMon.Model.Fields;
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

    private const DropContent InSummary = DropContent.Place | DropContent.SourceLine | DropContent.Trap;

    private const DropContent InPacket =
        InSummary | DropContent.Reason | DropContent.Interface | DropContent.Packet | DropContent.EtherType | DropContent.FlowActionCookie;

    public override string Name => "NetDm";

    public override string Title => "the kernel's drop monitor";

    public override string ShortTitle => "drop monitor";

    public override SourceFeatures Features => SourceFeatures.HardwareDrops | SourceFeatures.Summaries;

    public override IReadOnlySet<OptionId> Options { get; } = new HashSet<OptionId>
    {
        OptionId.Mode, OptionId.Hardware, OptionId.TruncationLength, OptionId.QueueLength, OptionId.Force,
    };

    public override IReadOnlyList<IReadOnlyList<Capability>> Capabilities { get; } = [[Capability.NetAdmin], [Capability.SysAdmin]];

    public override string CapabilityText => "CAP_NET_ADMIN and CAP_SYS_ADMIN";

    public override string ContainerGrant => "NET_ADMIN and SYS_ADMIN and the host's network (--network host)";

    public override IReadOnlyList<IPreflightCheck> CreateChecks() =>
    [
        new NetworkNamespaceCheck(), new DropMonitorCheck(), new DropMonitorStateCheck(), new ReceiveBufferCheck(),
        new OwnershipRecordCheck(),
    ];

    public override DropContent ContentIn(DropAlertMode mode) => mode == DropAlertMode.Summary ? InSummary : InPacket;

    public override IReadOnlyList<string> BlindSpotsIn(DropAlertMode? mode) => mode == DropAlertMode.Summary
        ? ["In summary mode the kernel reports each place about once a second and does not count what it drops beyond 64 places in that " +
            "second."]
        :
        [
            "In packet mode the kernel does not report packets without a link-layer header, nor packets that it had no memory to copy.",
            "For a drop in another network namespace, such as a container's, the kernel reports the interface's index in that namespace: " +
            "DropMon names it as if it were one of this namespace.",
        ];

    public override string? ExplainMissing(DropContent content, DropAlert alert) => content switch
    {
        // A packet always has a protocol.
        DropContent.Reason => alert.EtherType is null ? "summaries do not report the reason" : NoReasons,
        DropContent.StackTrace => "the drop monitor records no stack traces",
        DropContent.Interface => NoInterface,
        DropContent.Packet => NoPacket,
        DropContent.EtherType => "summaries do not report the protocol",
        DropContent.Cpu or DropContent.Process => NoContext,
        DropContent.NetworkNamespace => "the drop monitor does not report it",
        DropContent.Trap or DropContent.FlowActionCookie => HardwareOnly,
        _ => null,
    };

    public override DropMonException? Probe() => NetDmSource.Probe();

    public override IDropSource Create(SourceRequest request) => new NetDmSource(this, NetDmOptions.Of(request), LostInSummary(request));

    private string? LostInSummary(SourceRequest request) =>
        SourceDemand.Of(request).FirstOrDefault(demand => demand.IsLostInSummaries(this, DropAlertMode.Summary))?.Option;
}
