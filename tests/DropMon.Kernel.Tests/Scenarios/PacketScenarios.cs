using DropMon.Filters;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Packets;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>What only the drop monitor tells in packet mode: the interface and the bytes.</summary>
public sealed class PacketScenarios(KernelUnderTest kernel)
{
    private const int Headers = 14 + 20 + 8; // Ethernet, IPv4, UDP

    [Fact]
    public void An_alert_names_the_interface_the_packet_came_in_by()
    {
        DropAlert alert = DropOne(SourceUnderTest.NetDmPacket.Options());

        Assert.Equal(("lo", 1), (alert.InterfaceName, alert.InterfaceIndex));
    }

    [Fact]
    public void An_alert_holds_the_packet_that_was_sent()
    {
        kernel.Require(KernelFeature.NetDm);
        using var traffic = DropTraffic.Ipv4();

        DropAlert alert = Assert.Single(Collection.Of(SourceUnderTest.NetDmPacket.Options(), traffic, 1).Mine);

        Packet packet = Assert.IsType<Packet>(alert.Packet);
        Assert.Equal(("UDP", "127.0.0.1", "127.0.0.1"), (packet.Protocol, packet.SourceAddress, packet.DestinationAddress));
        Assert.Equal((traffic.SourcePort, traffic.Port), (packet.SourcePort, packet.DestinationPort));
        Assert.Equal(traffic.Payload, alert.Payload![^traffic.Payload.Length..]);
        Assert.Equal(Headers + traffic.Payload.Length, alert.OriginalLength);
        Assert.False(packet.IsTruncated);
    }

    [Fact]
    public void A_packet_is_cut_where_it_was_asked_to_be_and_says_so()
    {
        DropAlert alert = DropOne(SourceUnderTest.NetDmPacket.Options() with { TruncationLength = Headers });

        Assert.Equal(Headers, alert.Payload!.Length);
        Assert.Equal(Headers + 16, alert.OriginalLength);
        Assert.True(alert.Packet!.IsTruncated);
    }

    [Fact]
    public void A_filter_by_interface_lets_through_what_came_in_by_it_and_nothing_else()
    {
        kernel.Require(KernelFeature.NetDm);
        using var traffic = DropTraffic.Ipv4();
        DropMonitorOptions options = SourceUnderTest.NetDmPacket.Options();

        Assert.Single(Collection.Of(options with { Filter = DropFilter.None.With(FilterField.InterfaceName, "lo") }, traffic, 1).Mine);
        Assert.Empty(Collection.OfStorm(options with { Filter = DropFilter.None.With(FilterField.InterfaceName, "?", "[a-km-z]?", "?[a-np-z0-9]", "???*") }, traffic, 1).Mine);
    }

    private DropAlert DropOne(DropMonitorOptions options)
    {
        kernel.Require(KernelFeature.NetDm);
        using var traffic = DropTraffic.Ipv4();
        return Assert.Single(Collection.Of(options, traffic, 1).Mine);
    }
}
