using DropMon.Filters;
using DropMon.Reasons;
using DropMon.Sources.Ebpf.Filtering;

namespace DropMon.Tests.Sources.Ebpf.Filtering;

public class ProgramFilterTests
{
    private static readonly KernelReasonTable Reasons = new(new Dictionary<uint, string>
    {
        [2] = "NOT_SPECIFIED",
        [3] = "NO_SOCKET",
        [4] = "PKT_TOO_SMALL",
        [5] = "TCP_CSUM",
        [9] = "UDP_CSUM",
        [10] = KernelReasonTable.EndMarker,
    });

    [Fact]
    public void Reasons_that_are_known_and_not_wanted_are_rejected_and_unknown_ones_passed_up() =>
        Assert.Equal([new(2, 2), new(4, 5)], Take(FilterField.Reason, "NO_*", "UDP_*").UnwantedReasons!);

    [Fact]
    public void A_kernel_whose_reasons_are_unknown_leaves_them_to_the_matcher() =>
        Assert.Empty(new ProgramFilter(
            DropFilter.None.With(FilterField.Reason, "NO_*"), new KernelReasonTable(new Dictionary<uint, string>())).Fields);

    [Theory]
    [InlineData(FilterField.ProcessName, "named", true)]
    [InlineData(FilterField.ProcessName, "a `[b`]", true)]
    [InlineData(FilterField.ProcessName, "fifteen_letters", true)]
    [InlineData(FilterField.ProcessName, "sixteen__letters", false)]
    [InlineData(FilterField.ProcessName, "n*", false)]
    [InlineData(FilterField.InterfaceName, "eth?", false)]
    [InlineData(FilterField.InterfaceName, "\u00e9", false)]
    [InlineData(FilterField.InterfaceName, "a\\b", false)]
    [InlineData(FilterField.NetworkNamespace, "4026531840", true)]
    [InlineData(FilterField.Protocol, "*", true)]
    [InlineData(FilterField.Address, "::/0", true)]
    [InlineData(FilterField.Port, "0-65535", true)]
    [InlineData(FilterField.Function, "udp_rcv", false)]
    [InlineData(FilterField.Class, "Udp", false)]
    [InlineData(FilterField.Significance, "Loss", false)]
    public void A_condition_is_taken_if_the_program_can_decide_it(FilterField field, string value, bool isTaken) =>
        Assert.Equal(isTaken ? [field] : [], Take(field, value).Fields);

    [Fact]
    public void A_condition_of_which_one_value_is_left_to_the_matcher_is_left_to_it_as_a_whole() =>
        Assert.Empty(Take(FilterField.InterfaceName, "eth0", "wlan*").Fields);

    [Fact]
    public void A_long_list_is_left_to_the_matcher() => Assert.Empty(
        Take(FilterField.Address, [.. Enumerable.Range(0, 65).Select(i => $"10.0.0.{i}")]).Fields);

    [Fact]
    public void Ports_and_their_ranges_are_merged() =>
        Assert.Equal([new(1, 10), new(12, 20)], Take(FilterField.Port, "5-10", "1-3", "4", "15-20", "12-16").Ports!);

    [Fact]
    public void Protocols_of_IP_need_not_be_looked_at_where_IP_itself_is_wanted()
    {
        ProgramFilter filter = Take(FilterField.Protocol, "IPv4", "UDP");

        Assert.Equal([new(0x800, 0x800)], filter.EtherTypes!);
        Assert.Null(filter.ProtocolsOfIpv4);
        Assert.Equal([new(17, 17)], filter.ProtocolsOfIpv6!);
    }

    [Fact]
    public void A_name_is_compared_in_any_case()
    {
        KernelName name = KernelName.TryRead("eTh0")!;

        Assert.Equal(("eth0", 0x202020UL), (Text(name.First), name.FirstCase));
        Assert.Equal((0UL, 0UL), (name.Last, name.LastCase));
    }

    private static string Text(ulong word) => System.Text.Encoding.ASCII.GetString(BitConverter.GetBytes(word)).TrimEnd('\0');

    private static ProgramFilter Take(FilterField field, params string[] values) => new(DropFilter.None.With(field, values), Reasons);
}
