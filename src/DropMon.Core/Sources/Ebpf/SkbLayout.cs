using DropMon.Kernel.Btf;

namespace DropMon.Sources.Ebpf;

/// <summary>Where the running kernel has what the program reads, by its BTF.</summary>
internal sealed class SkbLayout
{
    private const int ArgumentsWithReason = 3, ArgumentsWithReceiver = 4;

    private readonly BtfTypes _types;

    /// <exception cref="KernelFeatureMissingException">The kernel's BTF lacks the tracepoint or a member.</exception>
    public SkbLayout(BtfTypes types)
    {
        _types = types;
        AttachType = types.FindTypedef("btf_trace_kfree_skb") ?? throw Missing("the tracepoint kfree_skb");
        int? arguments = types.CountTracepointArguments("kfree_skb");
        HasReason = arguments >= ArgumentsWithReason;
        HasReceiver = arguments >= ArgumentsWithReceiver;
        HasCurrentTask = types.HasFunction("bpf_get_current_task_btf");
    }

    /// <summary>What the program attaches to.</summary>
    public uint AttachType { get; }

    /// <summary>Whether the tracepoint passes a reason (Linux 5.17).</summary>
    public bool HasReason { get; }

    /// <summary>Whether the tracepoint passes the receiving socket (Linux 6.11).</summary>
    public bool HasReceiver { get; }

    /// <summary>Whether the helper that gives the current task as a typed pointer exists (Linux 5.11).</summary>
    public bool HasCurrentTask { get; }

    /// <summary>The offset of a member of struct sk_buff.</summary>
    public int Packet(string member) => Offset("sk_buff", member);

    /// <summary>The offset of a member of struct net_device.</summary>
    public int Device(string member) => Offset("net_device", member);

    /// <summary>The offset of a route's device in struct dst_entry: a union of two views from Linux 6.18 on.</summary>
    public int RouteDevice => _types.FindMember("dst_entry", "dev")?.Offset ?? Offset("dst_entry", "dev_rcu");

    /// <summary>The offset of a member of struct net.</summary>
    public int Namespace(string member) => Offset("net", member);

    /// <summary>The offset of a member of any structure.</summary>
    public int Offset(string structure, string member) => TryOffset(structure, member)
        ?? throw Missing($"struct {structure}'s member {member}");

    /// <summary>The same; null where the kernel has no such member.</summary>
    public int? TryOffset(string structure, string member) => TryMember(structure, member)?.Offset;

    /// <summary>A member with its bits; null where the kernel has no such member.</summary>
    public BtfMember? TryMember(string structure, string member) => _types.FindMember(structure, member);

    private static KernelFeatureMissingException Missing(string what) => new(
        "BtfIncomplete", $"The kernel's type information (/sys/kernel/btf/vmlinux) lacks {what}, so the eBPF source cannot read packets.",
        "Use another source.");
}
