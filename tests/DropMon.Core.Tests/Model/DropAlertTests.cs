namespace DropMon.Tests;

public class DropAlertTests
{
    private static readonly DropSite Site = new()
    {
        Address = 0x10,
        Function = "udp_rcv",
        Offset = 2,
        Reason = "NO_SOCKET",
        Class = DropClass.Udp,
        Type = "NoPorts"
    };

    [Fact]
    public void A_time_is_shown_in_this_computer_s_zone_and_stays_the_same_moment()
    {
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(9));

        DateTimeOffset shown = new DropAlert(Site, moment).Timestamp;

        Assert.Equal(moment, shown);
        Assert.Equal(TimeZoneInfo.Local.GetUtcOffset(moment), shown.Offset);
    }

    [Fact]
    public void A_packet_is_dissected_once_and_only_where_there_are_bytes()
    {
        var alert = new DropAlert(Site, DateTimeOffset.UnixEpoch) { Payload = new byte[20], EtherType = 0x800 };

        Assert.Same(alert.Packet, alert.Packet);
        Assert.Null(new DropAlert(Site, DateTimeOffset.UnixEpoch).Packet);
        Assert.Null(new DropAlert(Site, DateTimeOffset.UnixEpoch) { Payload = [] }.Packet);
    }

    [Theory]
    [InlineData(1, "Udp NoPorts: NO_SOCKET at udp_rcv+0x2")]
    [InlineData(7, "Udp NoPorts: 7 x NO_SOCKET at udp_rcv+0x2")]
    public void An_alert_in_one_line_tells_how_many_what_why_and_where(long count, string text) =>
        Assert.Equal(text, new DropAlert(Site, DateTimeOffset.UnixEpoch) { Count = count }.ToString());

    [Fact]
    public void The_source_line_is_asked_for_once_and_not_before_somebody_reads_it()
    {
        int asked = 0;
        var site = new DropSite(() =>
        {
            asked++;
            return new SourceLocation("net/ipv4/udp.c", 2552, []);
        })
        { Address = 1, Function = "udp_rcv" };
        Assert.Equal(0, asked);

        Assert.Equal("udp_rcv (net/ipv4/udp.c:2552)", site.Location);
        Assert.Equal(2552, site.Source?.Line);
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_hardware_drop_s_place_is_its_trap() =>
        Assert.Equal("blackhole_route", new DropSite { TrapName = "blackhole_route" }.Location);

    [Fact]
    public void A_drop_of_which_nothing_is_known_still_reads() => Assert.Equal("drop at an unknown place", new DropSite().ToString());
}
