using DropMon.Kernel.Btf;
using DropMon.Reasons;
using DropMon.Tests.Kernel.Btf;

namespace DropMon.Fuzz.Targets;

/// <summary>The kernel's description of its types, and the names of reasons in it.</summary>
internal sealed class BtfTarget : FuzzTarget
{
    public override string Name => "btf";

    public override int Share => 20;

    public override IEnumerable<byte[]> Seeds =>
    [
        new BtfBuilder().EveryOtherKind().Enum("skb_drop_reason", ("SKB_DROP_REASON_NOT_SPECIFIED", 2), ("SKB_DROP_REASON_NO_SOCKET", 3))
            .Enum("skb_drop_reason_subsys", ("SKB_DROP_REASON_SUBSYS_CORE", 0), ("SKB_DROP_REASON_SUBSYS_OPENVSWITCH", 3))
                .Enum("ovs_drop_reason", ("OVS_DROP_LAST_ACTION", 0x30001)).ToArray(),
        new BtfBuilder().Type("", 2, 0, 0).Struct("ns_common", isUnion: false, ("inum", 1, 64))
            .Struct("sk_buff", isUnion: false, ("", 2, 0), ("ns", 2, 256)).Prototype(4).Type("", 2, 0, 4)
                .Type("btf_trace_kfree_skb", 8, 0, 5).ToArray(),
        new BtfBuilder().Enum64("mac80211_drop_reason", ("RX_DROP_U_MIC_FAIL", 0x20001)).ToArray(),
    ];

    public override IEnumerable<byte[]> Tokens =>
        ["drop_reason\0"u8.ToArray(), "SKB_DROP_REASON_\0"u8.ToArray(), "sk_buff\0"u8.ToArray(), "ns\0"u8.ToArray()];

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (BtfBlob.TryParse(input.ToArray()) is not { } blob)
        {
            return;
        }

        if (BtfTypes.TryParse(input.ToArray()) is { } types)
        {
            Invariant.That(types.FindMember("sk_buff", "ns.inum") is not { BitSize: > 255 }, "A bit field is wider than its field says.");
            Invariant.That(types.CountTracepointArguments("kfree_skb") is null or >= 0, "A tracepoint has less than no arguments.");
        }

        List<BtfEnum> enums = blob.FindEnums("drop_reason"u8);
        Invariant.That(enums.Sum(one => one.Values.Count) <= input.Length, "More constants than bytes.");
        BtfReasonNames names = BtfReasonNames.From(enums);
        foreach ((uint number, KernelReason reason) in names.Reasons)
        {
            _ = names.Subsystem(number);
            _ = names.Find(reason.Name);
        }
    }
}
