using DropMon.Kernel.Btf;
using DropMon.Reasons;
using DropMon.Tests.Files;
using DropMon.Tests.Kernel.Btf;

namespace DropMon.Tests.Reasons;

public sealed class KernelReasonTableTests : IDisposable
{
    private static readonly BtfBuilder Kernel = new BtfBuilder()
        .Enum("skb_drop_reason", ("SKB_DROP_REASON_NO_SOCKET", 3), ("SKB_DROP_REASON_NEW", 4), ("SKB_DROP_REASON_MAX", 5))
        .Enum(
            "skb_drop_reason_subsys", ("SKB_DROP_REASON_SUBSYS_CORE", 0), ("SKB_DROP_REASON_SUBSYS_OPENVSWITCH", 2),
            ("SKB_DROP_REASON_SUBSYS_NUM", 3));

    private readonly TemporaryFolder _folder = new();
    private readonly KernelReasonTable _table;

    public KernelReasonTableTests()
    {
        File.WriteAllBytes(_folder.File("vmlinux"), Kernel.ToArray());
        _table = new KernelReasonTable(
            new Dictionary<uint, string> { [3] = "NO_SOCKET", [5] = "MAX" }, new KernelBtf(
                Path.GetDirectoryName(_folder.File("vmlinux"))!));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, "NO_SOCKET", "core")]
    [InlineData(4, "NEW", "core")]
    [InlineData(5, "5", "core")]
    [InlineData(99, "99", "core")]
    [InlineData(0x20001, "0x20001", "openvswitch")]
    [InlineData(0x70001, "0x70001", "subsystem 7")]
    public void A_number_has_its_name_or_stays_a_number(uint number, string name, string subsystem) =>
        Assert.Equal(new KernelReason(name, subsystem), _table.Find(number));

    [Fact]
    public void A_module_loaded_meanwhile_brings_its_names()
    {
        Assert.Equal("0x20001", _table.Find(0x20001).Name);

        File.WriteAllBytes(
            _folder.File("openvswitch"), new BtfBuilder(Kernel).Enum("ovs_drop_reason", ("OVS_DROP_LAST_ACTION", 0x20001)).ToArray());

        Assert.Equal(new KernelReason("OVS_DROP_LAST_ACTION", "openvswitch"), _table.Find(0x20001));
    }

    [Fact]
    public void A_damaged_description_of_a_module_takes_nothing_from_the_others()
    {
        File.WriteAllBytes(_folder.File("broken"), [0x9f, 0xeb, 1, 0, 0xff]);
        File.WriteAllBytes(
            _folder.File("openvswitch"), new BtfBuilder(Kernel).Enum("ovs_drop_reason", ("OVS_DROP_LAST_ACTION", 0x20001)).ToArray());

        Assert.Equal("OVS_DROP_LAST_ACTION", _table.Find(0x20001).Name);
    }

    [Theory]
    [InlineData("NO_SOCKET", "core")]
    [InlineData("OVS_DROP_METER", "openvswitch")]
    [InlineData("RX_DROP_U_REPLAY", "mac80211_unusable")]
    [InlineData("NEW", "core")]
    [InlineData("NEVER_HEARD_OF", "core")]
    public void A_name_without_a_number_tells_its_subsystem(string name, string subsystem) =>
        Assert.Equal(new KernelReason(name, subsystem), _table.Find(name));

    [Fact]
    public void Without_the_kernel_s_types_only_the_core_s_printed_names_are_known()
    {
        var table = new KernelReasonTable(new Dictionary<uint, string> { [3] = "NO_SOCKET" });

        Assert.Equal(["NO_SOCKET", "4", "0x20001"], new uint[] { 3, 4, 0x20001 }.Select(number => table.Find(number).Name));
    }

    [Fact]
    public void The_list_of_the_running_kernel_s_reasons_joins_both_sources_and_ends_before_the_marker()
    {
        var running = new RunningKernelReasons(
            new KernelBtf(Path.GetDirectoryName(_folder.File("vmlinux"))!),
            () => new Dictionary<uint, string> { [3] = "NO_SOCKET", [5] = "MAX", [7] = "PRINTED_ONLY" });

        Assert.Equal(["NO_SOCKET", "NEW", "PRINTED_ONLY"], running.Reasons.Select(reason => reason.Name));
    }

    [Fact]
    public void A_kernel_without_any_description_has_an_empty_list() =>
        Assert.Empty(new RunningKernelReasons(new KernelBtf(_folder.File("missing")), () => new Dictionary<uint, string>()).Reasons);
}
