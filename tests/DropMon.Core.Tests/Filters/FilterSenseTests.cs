using DropMon.Filters;
using DropMon.Model.Fields;
using DropMon.Reasons;

namespace DropMon.Tests.Filters;

public class FilterSenseTests
{
    private static readonly Version Recent = new(6, 12);

    [Fact]
    public void A_misspelt_reason_is_an_error_that_tells_what_may_be_meant()
    {
        ReasonException error = Assert.Throws<ReasonException>(() => Require(Recent, Reasons("NO_SOCKET", "NO_SOKET")));

        Assert.Equal(("ReasonUnknown", "Did you mean NO_SOCKET?"), (error.ErrorId, error.Remedy));
    }

    [Theory]
    [InlineData("NO_SOCKET")]
    [InlineData("no_socket")]
    public void A_reason_that_is_known_is_let_through(string reason) => Require(Recent, Reasons(reason));

    [Fact]
    public void Reasons_of_a_kernel_that_tells_none_are_refused() =>
        Assert.Contains("5.17", Assert.Throws<OptionException>(() => Require(new Version(5, 10), Reasons("NO_SOCKET"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_misspelt_protocol_is_an_error_that_tells_what_may_be_meant() =>
        Assert.Contains("ICMPv6", Assert.Throws<OptionException>(() => Require(Recent, Protocols("ICMPv66"))).Remedy,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("IPv4")]
    [InlineData("UDP")]
    [InlineData("0x1234")]
    [InlineData("IP-253")]
    public void A_protocol_of_any_layer_is_let_through(string protocol) => Require(Recent, Protocols(protocol));

    [Theory]
    [InlineData("UDP", "UDP")]
    [InlineData("ARP", null)]
    public void Transport_protocols_need_the_packets_bytes(string protocol, string? needing) =>
        Assert.Equal(needing, Protocols(protocol).Needs.FirstOrDefault(need => need.Content == DropContent.Packet)?.Value);

    [Theory]
    [InlineData("SKB_DROP_REASON_NO_SOCKET", "NO_SOCKET")]
    [InlineData("skb_drop_reason_TCP_*", "TCP_*")]
    [InlineData("NO_SOCKET", "NO_SOCKET")]
    public void The_prefix_of_the_kernels_source_is_no_part_of_a_name(string written, string name) =>
        Assert.Equal(name, ReasonName.WithoutPrefix(written));

    private static void Require(Version kernel, DropFilter filter) =>
        new FilterSense(new ReasonNames(DropKnowledge.Embedded), kernel).Require(filter);

    private static DropFilter Reasons(params string[] names) => DropFilter.None.With(FilterField.Reason, names);

    private static DropFilter Protocols(params string[] names) => DropFilter.None.With(FilterField.Protocol, names);
}
