using DropMon.Filters;
using DropMon.Packets;
using DropMon.Tests.Packets;

namespace DropMon.Tests.Filters;

public class DropFilterTests
{
    private static readonly DropSite Site = new() { Function = "udp_rcv", Reason = "NO_SOCKET", Class = DropClass.Udp, Significance = DropSignificance.Expected };

    private static readonly DropAlert Alert = new(Site, DateTimeOffset.UnixEpoch)
    { InterfaceName = "eth0", EtherType = 0x800, Payload = PacketSamples.Named("UDP").Bytes };

    [Fact]
    public void No_filter_wants_everything()
    {
        Assert.True(DropFilter.None.IsEmpty);
        Assert.True(DropFilter.None.Matches(Alert));
        Assert.True(DropFilter.None.Matches(new DropAlert(new DropSite(), DateTimeOffset.UnixEpoch)));
    }

    [Fact]
    public void Every_part_must_agree()
    {
        var filter = new DropFilter
        {
            Reason = Is("NO_SOCKET"),
            Function = Is("udp_rcv"),
            Class = Is("Udp"),
            InterfaceName = Is("eth0"),
            Protocol = Is("UDP"),
            Significance = new HashSet<DropSignificance> { DropSignificance.Expected },
        };

        Assert.True(filter.Matches(Alert));
        Assert.False(filter.IsEmpty);
    }

    [Fact]
    public void A_part_that_disagrees_decides()
    {
        Assert.False(new DropFilter { Reason = Is("X") }.Matches(Alert));
        Assert.False(new DropFilter { Function = Is("X") }.Matches(Alert));
        Assert.False(new DropFilter { Class = Is("X") }.Matches(Alert));
        Assert.False(new DropFilter { InterfaceName = Is("X") }.Matches(Alert));
        Assert.False(new DropFilter { Protocol = Is("X") }.Matches(Alert));
        Assert.False(new DropFilter { Significance = new HashSet<DropSignificance> { DropSignificance.Loss } }.Matches(Alert));
    }

    [Fact]
    public void A_UDP_packet_is_wanted_as_UDP_and_as_IPv4()
    {
        Assert.True(new DropFilter { Protocol = Is("UDP") }.Matches(Alert));
        Assert.True(new DropFilter { Protocol = Is("IPv4") }.Matches(Alert));
    }

    [Fact]
    public void A_drop_that_lacks_what_is_asked_about_is_not_wanted()
    {
        var bare = new DropAlert(new DropSite(), DateTimeOffset.UnixEpoch);

        Assert.False(new DropFilter { Reason = _ => true }.Matches(bare));
        Assert.False(new DropFilter { Function = _ => true }.Matches(bare));
        Assert.False(new DropFilter { InterfaceName = _ => true }.Matches(bare));
        Assert.False(new DropFilter { Protocol = _ => true }.Matches(bare));
    }

    private static Predicate<string> Is(string wanted) => value => value == wanted;
}
