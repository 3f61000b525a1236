using DropMon.Filters;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Packets;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>What the sources that carry packets report of them: the interface and the bytes.</summary>
public sealed class PacketScenarios(KernelUnderTest kernel)
{
    private const int Headers = 14 + 20 + 8; // Ethernet, IPv4, UDP

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void An_alert_names_the_interface_the_packet_came_in_by(SourceUnderTest source)
    {
        DropAlert alert = DropOne(source);

        Assert.Equal(("lo", 1), (alert.InterfaceName, alert.InterfaceIndex));
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void An_alert_holds_the_packet_that_was_sent(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();

        DropAlert alert = Assert.Single(Collection.Of(source.Options(), traffic, 1).Mine);

        Packet packet = Assert.IsType<Packet>(alert.Packet);
        Assert.Equal(("UDP", "127.0.0.1", "127.0.0.1"), (packet.Protocol, packet.SourceAddress, packet.DestinationAddress));
        Assert.Equal((traffic.SourcePort, traffic.Port), (packet.SourcePort, packet.DestinationPort));
        Assert.Equal(traffic.Payload, alert.Payload![^traffic.Payload.Length..]);
        Assert.Equal(Headers + traffic.Payload.Length, alert.OriginalLength);
        Assert.False(packet.IsTruncated);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void A_packet_is_cut_where_it_was_asked_to_be_and_says_so(SourceUnderTest source)
    {
        DropAlert alert = DropOne(source, Headers);

        Assert.Equal(Headers, alert.Payload!.Length);
        Assert.Equal(Headers + 16, alert.OriginalLength);
        Assert.True(alert.Packet!.IsTruncated);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void A_filter_by_interface_lets_through_what_came_in_by_it_and_nothing_else(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        DropMonitorOptions options = source.Options();

        Assert.Single(Collection.Of(options with { Filter = DropFilter.None.With(FilterField.InterfaceName, "lo") }, traffic, 1).Mine);
        Assert.Empty(Collection.OfStorm(options with
        {
            Filter = DropFilter.None.With(
            FilterField.InterfaceName, "?", "[a-km-z]?", "?[a-np-z0-9]", "???*")
        }, traffic, 1).Mine);
    }

    [Fact]
    public void The_process_has_the_name_of_its_first_thread_whatever_its_other_threads_are_called()
    {
        kernel.Require(KernelFeature.Ebpf);
        using var traffic = DropTraffic.Ipv4();
        Collection? collection = null;
        var sender = new Thread(() => collection = Collection.Of(SourceUnderTest.Ebpf.Options(), traffic, 1)) { Name = "another name" };
        sender.Start();
        sender.Join();

        DropAlert alert = Assert.Single(collection!.Mine);

        Assert.Equal((Environment.ProcessId, File.ReadAllText("/proc/self/comm").TrimEnd('\n')), (alert.ProcessId, alert.ProcessName));
    }

    private DropAlert DropOne(SourceUnderTest source, int? truncationLength = null)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        DropMonitorOptions options = source.Options();
        options = options with { TruncationLength = truncationLength ?? options.TruncationLength };
        return Assert.Single(Collection.Of(options, traffic, 1).Mine);
    }
}
