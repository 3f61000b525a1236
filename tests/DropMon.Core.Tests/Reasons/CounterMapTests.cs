using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class CounterMapTests
{
    private readonly CounterMap _map = new(DropKnowledge.Embedded);

    [Fact]
    public void A_counter_leads_to_every_reason_that_raises_it()
    {
        HashSet<string?> reasons = [.. _map.FindRaisers(CounterName.Parse("Udp.InErrors")).Select(raiser => raiser.Reason)];

        Assert.Superset(new HashSet<string?> { "UDP_CSUM", "SOCKET_RCVBUFF", "PKT_TOO_SMALL", "PROTO_MEM" }, reasons);
    }

    [Fact]
    public void A_counter_that_depends_on_the_case_is_marked()
    {
        Assert.Contains(_map.FindRaisers(CounterName.Parse("Xfrm.InNoPols")), raiser => raiser is { Reason: "XFRM_POLICY", Always: false });
    }

    [Fact]
    public void A_counter_that_no_drop_raises_has_no_raisers()
    {
        Assert.Empty(_map.FindRaisers(CounterName.Parse("Ip.InReceives")));
    }

    /// <summary>
    /// The counters that the proposal of 2009 names for IPv4. Linux counts packets that are too big to forward as FragFails there, and as
    /// InTooBigErrors for IPv6 only.
    /// </summary>
    [Theory]
    [InlineData("Ip.InHdrErrors")]
    [InlineData("Ip6.InTooBigErrors")]
    [InlineData("IpExt.InNoRoutes")]
    [InlineData("Ip.InAddrErrors")]
    [InlineData("Ip.InUnknownProtos")]
    [InlineData("IpExt.InTruncatedPkts")]
    [InlineData("Ip.InDiscards")]
    [InlineData("Ip.OutDiscards")]
    [InlineData("Ip.OutNoRoutes")]
    [InlineData("Ip.ReasmTimeout")]
    [InlineData("Ip.ReasmFails")]
    [InlineData("Ip.FragFails")]
    [InlineData("Udp.RcvbufErrors")]
    [InlineData("Udp.InCsumErrors")]
    [InlineData("Udp.NoPorts")]
    [InlineData("Tcp.InErrs")]
    [InlineData("TcpExt.ListenOverflows")]
    [InlineData("Ip6.InHdrErrors")]
    [InlineData("Ip6.ReasmFails")]
    public void Every_counter_of_the_proposal_has_something_that_raises_it(string counter)
    {
        Assert.NotEmpty(_map.FindRaisers(CounterName.Parse(counter)));
    }
}
