using System.Net;
using DropMon.Counters.Tables;
using DropMon.Netlink;

namespace DropMon.Tests.Counters.Tables;

/// <summary>Answers of rtnetlink about routes and neighbours, as bytes.</summary>
public sealed class RouteQuestionTests
{
    // struct rtmsg: AF_INET, /32, table main, unicast.
    private static readonly byte[] Header = [2, 32, 0, 0, 254, 2, 0, 1, 0, 0, 0, 0];

    // struct ndmsg: AF_INET, device 3, NUD_FAILED.
    private static readonly byte[] Neighbour = [2, 0, 0, 0, 3, 0, 0, 0, 0x20, 0, 0, 1];

    [Fact]
    public void A_route_has_its_device_and_its_gateway() => Assert.Equal(
        new KernelRoute(7, IPAddress.Parse("192.0.2.1"), 1, 254),
        RouteQuestion.Decode([.. Header, 8, 0, 4, 0, 7, 0, 0, 0, 8, 0, 5, 0, 192, 0, 2, 1]));

    [Fact]
    public void A_gateway_of_the_other_family_is_one() => Assert.Equal(
        IPAddress.Parse("fe80::1"),
        RouteQuestion.Decode([.. Header, 22, 0, 18, 0, 10, 0, .. IPAddress.Parse("fe80::1").GetAddressBytes(), 0, 0]).Gateway);

    [Fact]
    public void A_route_that_is_cut_short_is_refused()
    {
        Assert.Throws<NetlinkFormatException>(() => RouteQuestion.Decode(Header.AsSpan(0, 11)));
        Assert.Throws<NetlinkFormatException>(() => RouteQuestion.Decode([.. Header, 9, 0, 4, 0, 7]));
    }

    [Fact]
    public void A_neighbour_has_its_address_and_state()
    {
        KernelNeighbour neighbour = NeighbourTable.Decode([.. Neighbour, 8, 0, 1, 0, 192, 0, 2, 9])!;

        Assert.Equal(
            (3, IPAddress.Parse("192.0.2.9"), "FAILED", true),
            (neighbour.Device, neighbour.Address, neighbour.StateName, neighbour.IsUnresolved));
    }

    [Fact]
    public void A_neighbour_that_is_cut_short_is_refused()
    {
        Assert.Throws<NetlinkFormatException>(() => NeighbourTable.Decode(Neighbour.AsSpan(0, 11)));
        Assert.Throws<NetlinkFormatException>(() => NeighbourTable.Decode([.. Neighbour, 99, 0, 1, 0]));
    }

    [Fact]
    public void A_neighbour_of_another_kind_of_address_is_none() =>
        Assert.Null(NeighbourTable.Decode([.. Neighbour, 6, 0, 1, 0, 1, 2, 0, 0]));

    [Fact]
    public void This_kernel_answers()
    {
        RouteReading reading = new KernelTables(new DropMon.Machine.LocalMachine()).Route(IPAddress.Loopback);

        Assert.Null(reading.Problem);
        Assert.Equal("local", reading.Route!.TypeName);
    }
}
