using DropMon.Kernel.Btf;
using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class BtfReasonNamesTests
{
    private static readonly BtfEnum Core = Enum(
        "skb_drop_reason", ("SKB_NOT_DROPPED_YET", 0), ("SKB_CONSUMED", 1), ("SKB_DROP_REASON_NOT_SPECIFIED", 2),
        ("SKB_DROP_REASON_NO_SOCKET", 3), ("SKB_DROP_REASON_MAX", 4), ("SKB_DROP_REASON_SUBSYS_MASK", 0xffff0000));

    private static readonly BtfEnum Subsystems = Enum(
        "skb_drop_reason_subsys", ("SKB_DROP_REASON_SUBSYS_CORE", 0), ("SKB_DROP_REASON_SUBSYS_MAC80211_UNUSABLE", 1),
        ("SKB_DROP_REASON_SUBSYS_OPENVSWITCH", 2), ("SKB_DROP_REASON_SUBSYS_NUM", 3));

    [Fact]
    public void Core_reasons_are_those_that_a_packet_can_be_dropped_for() =>
        Assert.Equal(
            [(2u, new KernelReason("NOT_SPECIFIED", "core")), (3u, new KernelReason("NO_SOCKET", "core"))],
            BtfReasonNames.From([Core, Subsystems]).Reasons.Select(pair => (pair.Key, pair.Value)));

    [Fact]
    public void Open_vSwitch_s_reasons_leave_out_the_marks_of_start_and_end()
    {
        BtfEnum ovs = Enum("ovs_drop_reason", ("__OVS_DROP_REASON", 0x20000), ("OVS_DROP_LAST_ACTION", 0x20001), ("OVS_DROP_MAX", 0x20002));

        Assert.Equal([(0x20001u, new KernelReason("OVS_DROP_LAST_ACTION", "openvswitch"))], Named(Subsystems, ovs));
    }

    [Fact]
    public void Mac80211_s_twin_enumerations_complete_each_other()
    {
        BtfEnum untyped = Enum(
            "___mac80211_drop_reason", ("___RX_CONTINUE", 1), ("___RX_DROP_UNUSABLE", 0x10000), ("___RX_DROP_U_MIC_FAIL", 0x10001));
        BtfEnum typed = Enum("mac80211_drop_reason", ("RX_CONTINUE", 1), ("RX_QUEUED", 0), ("RX_DROP_U_MIC_FAIL", 0x10001));

        Assert.Equal(
            [
                (0x10000u, new KernelReason("RX_DROP_UNUSABLE", "mac80211_unusable")),
                (0x10001u, new KernelReason("RX_DROP_U_MIC_FAIL", "mac80211_unusable"))
            ],
            Named(Subsystems, untyped, typed));
    }

    [Fact]
    public void A_subsystem_that_the_kernel_does_not_list_has_no_reasons() =>
        Assert.Empty(Named(Subsystems, Enum("novel_drop_reason", ("NOVEL", 0x70001))));

    [Fact]
    public void A_number_that_two_enumerations_name_differently_has_no_name() =>
        Assert.Empty(Named(Subsystems, Enum("a_drop_reason", ("A", 0x20001)), Enum("b_drop_reason", ("B", 0x20001))));

    [Fact]
    public void A_kernel_without_reasons_has_none() => Assert.Empty(BtfReasonNames.From([]).Reasons);

    [Fact]
    public void The_running_kernel_s_types_and_its_tracepoint_name_the_core_reasons_alike()
    {
        const string Format = "/sys/kernel/tracing/events/skb/kfree_skb/format";
        Assert.SkipUnless(File.Exists(KernelBtf.DefaultFolder + "/vmlinux"), "this kernel has no /sys/kernel/btf/vmlinux");
        Assert.SkipUnless(File.Exists(Format), "tracefs is not mounted, or this user may not read it");

        Dictionary<uint, string> printed = DropMon.Kernel.Tracing.TracepointFormat.Parse(File.ReadAllText(Format)).Symbols("reason")
            .Where(pair => pair.Value != "MAX").ToDictionary(pair => pair.Key, pair => pair.Value);
        Dictionary<uint, string> described = BtfReasonNames.Read(new KernelBtf()).Reasons
            .Where(pair => pair.Value.Subsystem == "core").ToDictionary(pair => pair.Key, pair => pair.Value.Name);

        Assert.Equal(printed, described);
    }

    private static (uint, KernelReason)[] Named(params BtfEnum[] enums) =>
        [.. BtfReasonNames.From([.. enums]).Reasons.Select(pair => (pair.Key, pair.Value))];

    private static BtfEnum Enum(string name, params (string Name, uint Value)[] values) =>
        new(name, [.. values.Select(value => new BtfEnumerator(value.Name, value.Value))]);
}
