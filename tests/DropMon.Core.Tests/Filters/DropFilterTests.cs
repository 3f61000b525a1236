using DropMon.Filters;
using DropMon.Model.Fields;
using DropMon.Tests.Packets;

namespace DropMon.Tests.Filters;

public class DropFilterTests
{
    private static readonly DropSite Site = new()
    {
        Function = "udp_rcv",
        Reason = "NO_SOCKET",
        Class = DropClass.Udp,
        Significance = DropSignificance.Expected
    };

    private static readonly DropAlert Alert = new(Site, DateTimeOffset.UnixEpoch)
    {
        InterfaceName = "eth0",
        EtherType = 0x800,
        Payload = PacketSamples.Named("UDP").Bytes,
        NetworkNamespace = 4026531840,
        ProcessName = "named",
        Unit = "named.service",
        Container = "shop/cart-1/cart",
    };

    public static TheoryData<FilterField> Fields => new(Enum.GetValues<FilterField>());

    [Fact]
    public void No_filter_wants_everything()
    {
        Assert.True(DropFilter.None.IsEmpty);
        Assert.True(DropFilter.None.Matches(Alert));
        Assert.True(DropFilter.None.Matches(new DropAlert(new DropSite(), DateTimeOffset.UnixEpoch)));
    }

    [Fact]
    public void Every_condition_must_be_met()
    {
        DropFilter filter = DropFilter.None
            .With(FilterField.Reason, "NO_SOCKET")
            .With(FilterField.Function, "udp_*")
            .With(FilterField.Class, "Udp")
            .With(FilterField.InterfaceName, "eth[0-3]")
            .With(FilterField.Protocol, "UDP")
            .With(FilterField.Significance, "Expected");

        Assert.True(filter.Matches(Alert));
        Assert.False(filter.IsEmpty);
        Assert.All(Enum.GetValues<FilterField>(), field => Assert.False(filter.With(field, Other(field)).Matches(Alert)));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_condition_that_is_not_met_decides(FilterField field) =>
        Assert.False(DropFilter.None.With(field, Other(field)).Matches(Alert));

    [Theory]
    [MemberData(nameof(Fields))]
    public void One_value_of_several_suffices(FilterField field) =>
        Assert.True(DropFilter.None.With(field, Other(field), Own(field)).Matches(Alert));

    [Theory]
    [InlineData("UDP")]
    [InlineData("IPv4")]
    [InlineData("ipv*")]
    public void A_UDP_packet_is_wanted_as_UDP_and_as_IPv4(string protocol) =>
        Assert.True(DropFilter.None.With(FilterField.Protocol, protocol).Matches(Alert));

    [Theory]
    [InlineData("0x88b5", true)]
    [InlineData("0X88B5", true)]
    [InlineData("0x88*", true)]
    [InlineData("*", true)]
    [InlineData("0x88b6", false)]
    [InlineData("LLDP", false)]
    public void A_protocol_without_a_name_is_wanted_by_its_number(string protocol, bool isWanted) =>
        Assert.Equal(isWanted, DropFilter.None.With(FilterField.Protocol, protocol)
            .Matches(new DropAlert(Site, DateTimeOffset.UnixEpoch) { EtherType = 0x88b5 }));

    [Theory]
    [InlineData(FilterField.Reason)]
    [InlineData(FilterField.Function)]
    [InlineData(FilterField.InterfaceName)]
    [InlineData(FilterField.Protocol)]
    [InlineData(FilterField.ProcessName)]
    [InlineData(FilterField.Unit)]
    [InlineData(FilterField.Container)]
    public void A_drop_that_lacks_what_is_asked_about_is_not_wanted(FilterField field) =>
        Assert.False(DropFilter.None.With(field, "*").Matches(new DropAlert(new DropSite(), DateTimeOffset.UnixEpoch)));

    [Fact]
    public void Patterns_of_classes_and_significances_are_the_names_that_they_stand_for()
    {
        DropFilter filter = DropFilter.None.With(FilterField.Class, "ip[v]*", "UDP", "Ipv4").With(FilterField.Significance, "*s*");

        Assert.Equal(["Ipv4", "Ipv6", "Udp"], filter[FilterField.Class]!.Values);
        Assert.Equal(["Loss", "Suspicious"], filter[FilterField.Significance]!.Values);
    }

    [Fact]
    public void Filters_that_ask_for_the_same_are_equal()
    {
        DropFilter filter = DropFilter.None.With(FilterField.Reason, "NO_*", "TCP_CSUM").With(FilterField.Class, "Udp", "Tcp");
        DropFilter same = DropFilter.None.With(FilterField.Class, "?cp", "udp")
            .With(FilterField.Reason, "SKB_DROP_REASON_tcp_csum", "no_*", "NO_*");

        Assert.Equal(filter, same);
        Assert.Equal(filter.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(filter, filter.With(FilterField.Reason, "NO_*"));
        Assert.NotEqual(filter, DropFilter.None.With(FilterField.Reason, "NO_*", "TCP_CSUM"));
    }

    [Fact]
    public void A_filter_does_not_change()
    {
        DropFilter filter = DropFilter.None.With(FilterField.Reason, "NO_*");

        Assert.Same(filter, filter.With(FilterField.Class, null));
        Assert.NotEqual(filter, filter.With(FilterField.Reason, "TCP_*"));
        Assert.Equal(["NO_*"], filter[FilterField.Reason]!.Values);
    }

    [Fact]
    public void A_filter_says_what_alerts_must_have()
    {
        DropFilter filter = Enum.GetValues<FilterField>().Aggregate(DropFilter.None, (filter, field) => filter.With(field, Own(field)));

        Assert.Equal(
            [
                new FilterNeed(DropContent.Reason, FilterField.Reason, "NO_SOCKET"),
                new FilterNeed(DropContent.Place, FilterField.Function, "udp_rcv"),
                new FilterNeed(DropContent.Interface, FilterField.InterfaceName, "eth0"),
                new FilterNeed(DropContent.Packet, FilterField.Protocol, "UDP"),
                new FilterNeed(DropContent.Packet, FilterField.Address, "10.0.0.0/8"),
                new FilterNeed(DropContent.Packet, FilterField.SourceAddress, "10.1.1.1"),
                new FilterNeed(DropContent.Packet, FilterField.DestinationAddress, "10.1.1.0/30"),
                new FilterNeed(DropContent.Packet, FilterField.Port, "9"),
                new FilterNeed(DropContent.Packet, FilterField.SourcePort, "40000"),
                new FilterNeed(DropContent.Packet, FilterField.DestinationPort, "7-9"),
                new FilterNeed(DropContent.NetworkNamespace, FilterField.NetworkNamespace, "4026531840"),
                new FilterNeed(DropContent.Process, FilterField.ProcessName, "named"),
                new FilterNeed(DropContent.ControlGroup, FilterField.Unit, "named.service"),
                new FilterNeed(DropContent.ControlGroup, FilterField.Container, "shop/cart-1/cart"),
            ],
            filter.Needs);
    }

    [Fact]
    public void A_network_protocol_needs_no_bytes() =>
        Assert.Equal([new FilterNeed(DropContent.EtherType, FilterField.Protocol, "ARP")],
            DropFilter.None.With(FilterField.Protocol, "ARP", "0x88*").Needs);

    [Theory]
    [InlineData(FilterField.Reason, "a", "[b", "Reason[1]")]
    [InlineData(FilterField.Function, "[z-a]", "b", "Function[0]")]
    [InlineData(FilterField.InterfaceName, "a", "", "InterfaceName[1]")]
    [InlineData(FilterField.Class, "Tcp", "Telnet", "Class[1]")]
    [InlineData(FilterField.Significance, "2", "Loss", "Significance[0]")]
    [InlineData(FilterField.Address, "10.0.0.1", "10.0.0.256", "Address[1]")]
    [InlineData(FilterField.DestinationPort, "80-79", "1", "DestinationPort[0]")]
    [InlineData(FilterField.NetworkNamespace, "1", "blue", "NetworkNamespace[1]")]
    public void What_is_no_value_is_an_error_that_says_where(FilterField field, string first, string second, string where)
    {
        FilterException error = Assert.Throws<FilterException>(() => DropFilter.None.With(field, first, second));

        Assert.Equal(("FilterInvalid", where), (error.ErrorId, error.Where));
        Assert.NotNull(error.Remedy);
    }

    [Theory]
    [InlineData(0xd800)]
    [InlineData(0xdfff)]
    public void Half_of_a_character_is_no_value(int half) =>
        Assert.Equal("Protocol[1]", Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.Protocol, "a", $"b{(char)half}"))
            .Where);

    [Fact]
    public void Filters_are_bounded()
    {
        string[] most = [.. Enumerable.Range(0, FilterFields.MostValues).Select(number => $"f{number}")];

        Assert.Equal(most, DropFilter.None.With(FilterField.Function, most)[FilterField.Function]!.Values);
        Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.Function, [.. most, "one_more"]));
        Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.Function, new string('f', FilterFields.MostLength + 1)));
        Assert.Throws<FilterException>(() => DropFilter.None.With(FilterField.Function, []));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        FilterMatcher matcher = DropFilter.None
            .With(FilterField.Reason, "NO_*", "x").With(FilterField.Function, "*rcv").With(FilterField.Class, "U*")
                .With(FilterField.Significance, "Expected")
            .With(FilterField.InterfaceName, "et[a-h]?", "lo").With(FilterField.Protocol, "UDP", "0x88*")
            .With(FilterField.Address, "fe80::/10", "10.0.0.0/8").With(FilterField.Port, "1-8", "9").Matcher;
        byte[] payload = Alert.Payload!;

        Assert.Equal(0, Allocations.Of(() =>
        {
            bool isWanted = matcher.MatchesSite(Site) && matcher.MatchesInterface("eth0") && matcher.MatchesPacket(0x800, payload);
            Assert.True(isWanted && !matcher.MatchesPacket(0x88b5, []));
        }));
    }

    private static string Own(FilterField field) => field switch
    {
        FilterField.Reason => "NO_SOCKET",
        FilterField.Function => "udp_rcv",
        FilterField.Class => "Udp",
        FilterField.Significance => "Expected",
        FilterField.InterfaceName => "eth0",
        FilterField.Protocol => "UDP",
        FilterField.Address => "10.0.0.0/8",
        FilterField.SourceAddress => "10.1.1.1",
        FilterField.DestinationAddress => "10.1.1.0/30",
        FilterField.Port => "9",
        FilterField.SourcePort => "40000",
        FilterField.DestinationPort => "7-9",
        FilterField.NetworkNamespace => "4026531840",
        FilterField.ProcessName => "named",
        FilterField.Unit => "named.service",
        FilterField.Container => "shop/cart-1/cart",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string Other(FilterField field) => field switch
    {
        FilterField.Reason => "TCP_CSUM",
        FilterField.Function => "tcp_*",
        FilterField.Class => "Tcp",
        FilterField.Significance => "Loss",
        FilterField.InterfaceName => "wlan?",
        FilterField.Protocol => "IPv6",
        FilterField.Address => "10.1.1.3",
        FilterField.SourceAddress => "10.1.1.2",
        FilterField.DestinationAddress => "::/0",
        FilterField.Port => "10",
        FilterField.SourcePort => "9",
        FilterField.DestinationPort => "40000",
        FilterField.NetworkNamespace => "4026531841",
        FilterField.ProcessName => "name",
        FilterField.Unit => "named",
        FilterField.Container => "shop/?",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
