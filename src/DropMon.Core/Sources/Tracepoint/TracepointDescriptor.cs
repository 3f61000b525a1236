using DropMon.Machine;
using DropMon.Model.Fields;
using DropMon.Sources.Tracepoint.Checks;
using DropMon.Text;

namespace DropMon.Sources.Tracepoint;

/// <summary>The tracepoint skb:kfree_skb, read through perf_event_open.</summary>
internal sealed class TracepointDescriptor : SourceDescriptor
{
    private const string NoPacket = "the tracepoint reports no bytes of the packet";
    private const string NoInterface = "the tracepoint does not report the interface";
    private const string NoHardware = "the tracepoint does not report drops by devices";

    private const DropContent Content =
        DropContent.Reason
            | DropContent.Place
            | DropContent.SourceLine
            | DropContent.StackTrace
            | DropContent.EtherType
            | DropContent.Cpu
            | DropContent.Process;

    public override string Name => "Tracepoint";

    public override string Title => "the tracepoint skb:kfree_skb";

    public override string ShortTitle => "tracepoint";

    public override SourceFeatures Features => SourceFeatures.StackTraces;

    public override IReadOnlySet<OptionId> Options { get; } = new HashSet<OptionId> { OptionId.StackTrace };

    public override IReadOnlyList<IReadOnlyList<Capability>> Capabilities { get; } =
        [[Capability.PerfMon, Capability.SysAdmin], [Capability.DacReadSearch, Capability.DacOverride]];

    public override string CapabilityText => "CAP_PERFMON and CAP_DAC_READ_SEARCH";

    public override string ContainerGrant => "PERFMON, DAC_READ_SEARCH and SYSLOG (on Debian SYS_ADMIN instead of PERFMON)";

    public override IReadOnlyList<IPreflightCheck> CreateChecks() =>
        [new TraceFsCheck(), new TracepointCheck(), new PerfEventParanoidCheck(), new IdleCpuRecordCheck(), new LockdownCheck()];

    public override DropContent ContentIn(DropAlertMode mode) => Content;

    public override IReadOnlyList<string> BlindSpotsIn(DropAlertMode? mode) =>
        ["The tracepoint reports neither the interface nor the packet's bytes."];

    public override string? ExplainMissing(DropContent content, DropAlert alert) => content switch
    {
        DropContent.Reason => "this kernel gives no reasons (Linux 5.17 and later do)",
        DropContent.StackTrace => $"recorded only on request ({OptionId.StackTrace})",
        DropContent.Interface => NoInterface,
        DropContent.Packet => NoPacket,
        DropContent.Process => "the process ended before its name was read",
        DropContent.NetworkNamespace => "the tracepoint does not report it",
        DropContent.Trap or DropContent.FlowActionCookie => NoHardware,
        _ => null,
    };

    public override DropMonException? Probe() => ProbeByOpening();

    public override IDropSource Create(SourceRequest request) =>
        new TracepointSource(this, new TracepointOptions { StackTrace = request.StackTrace, RingSize = request.RingSize });
}
