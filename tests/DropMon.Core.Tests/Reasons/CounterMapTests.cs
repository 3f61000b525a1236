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
}
