using DropMon.Filters;
using DropMon.Machine;
using DropMon.Model.Fields;
using DropMon.Sources.Ebpf.Checks;
using DropMon.Text;

namespace DropMon.Sources.Ebpf;

/// <summary>A BPF program at the tracepoint skb:kfree_skb.</summary>
internal sealed class EbpfDescriptor : SourceDescriptor
{
    /// <summary>What it takes, for error messages.</summary>
    public const string Needed = "CAP_BPF and CAP_PERFMON (or CAP_SYS_ADMIN)";

    private const string NoHardware = "the eBPF source does not see drops by devices";
    private const string NoInterface = "the packet belonged to no device when it was dropped, or the kernel had overwritten which";

    private const DropContent Content =
        DropContent.Reason | DropContent.Place | DropContent.SourceLine | DropContent.Interface | DropContent.Packet | DropContent.EtherType
        | DropContent.Cpu | DropContent.Process | DropContent.NetworkNamespace
        | DropContent.ControlGroup | DropContent.StackTrace | DropContent.PacketMetadata;

    public override string Name => "Ebpf";

    public override string Title => "the eBPF program at the tracepoint skb:kfree_skb";

    public override string ShortTitle => "eBPF source";

    public override SourceFeatures Features => SourceFeatures.StackTraces;

    public override IReadOnlySet<OptionId> Options { get; } = new HashSet<OptionId> { OptionId.StackTrace, OptionId.TruncationLength };

    public override IReadOnlySet<FilterField> FiltersInKernel { get; } = new HashSet<FilterField>
    {
        FilterField.Reason, FilterField.InterfaceName, FilterField.Protocol, FilterField.Address, FilterField.SourceAddress,
        FilterField.DestinationAddress, FilterField.Port, FilterField.SourcePort, FilterField.DestinationPort,
        FilterField.NetworkNamespace, FilterField.ProcessName,
    };

    public override IReadOnlyList<IReadOnlyList<Capability>> Capabilities { get; } =
        [[Capability.Bpf, Capability.SysAdmin], [Capability.PerfMon, Capability.SysAdmin]];

    public override string CapabilityText => "CAP_BPF and CAP_PERFMON";

    public override string ContainerGrant => "BPF and PERFMON, with SYSLOG for the names of functions";

    public override IReadOnlyList<IPreflightCheck> CreateChecks() => [new EbpfCheck(), new UnprivilegedBpfCheck()];

    public override DropContent ContentIn(DropAlertMode mode) => Content;

    public override IReadOnlyList<string> BlindSpotsIn(DropAlertMode? mode) =>
    [
        "The eBPF source copies only the part of a packet that lies in one piece; the original length counts all of it.",
        "It does not see packets that a native XDP program drops: no packet structure exists yet.",
    ];

    public override string? ExplainMissing(DropContent content, DropAlert alert) => content switch
    {
        DropContent.Reason => "this kernel gives no reasons (Linux 5.17 and later do)",
        DropContent.StackTrace => $"recorded only on request ({OptionId.StackTrace})",
        DropContent.NetworkNamespace when alert.NetworkNamespace is not null => "the network namespace has no name below /run/netns",
        DropContent.Interface or DropContent.NetworkNamespace => NoInterface,
        DropContent.ControlGroup => NoControlGroup(alert),
        DropContent.PacketMetadata => "the packet had none when it was dropped",
        DropContent.Packet => "the packet held no bytes from its first header on",
        DropContent.Trap or DropContent.FlowActionCookie => NoHardware,
        _ => null,
    };

    private static string NoControlGroup(DropAlert alert) => alert.ControlGroup is null
        ? "the packet belonged to no socket when it was dropped, or its control group could not be named (cgroup2 and CAP_DAC_READ_SEARCH)"
        : "the control group is of no such kind";

    public override DropMonException? Probe() => ProbeByOpening();

    public override IDropSource Create(SourceRequest request) => new EbpfSource(this, EbpfOptions.Of(request, Environment.ProcessorCount));
}
