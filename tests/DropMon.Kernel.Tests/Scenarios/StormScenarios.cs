using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Monitoring;

namespace DropMon.KernelTests.Scenarios;

/// <summary>50,000 drops at full speed: nothing is lost unnoticed.</summary>
public sealed class StormScenarios(KernelUnderTest kernel)
{
    private const int Datagrams = 50_000;

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void With_default_settings_999_of_1000_drops_are_delivered(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();

        Collection seen = Collection.OfStorm(source.Options(), traffic, Datagrams);

        Assert.InRange(seen.Count, Datagrams * 0.999, Datagrams);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void With_default_settings_what_is_not_delivered_is_counted(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        AssertAccountedFor(source.Options());
    }

    [Fact]
    public void With_a_tiny_kernel_queue_what_is_not_delivered_is_counted()
    {
        kernel.Require(KernelFeature.NetDm);

        DropLedger ledger = AssertAccountedFor(SourceUnderTest.NetDmPacket.Options() with { QueueLength = 1 });

        Assert.NotEqual(0, ledger.KernelQueueLost);
    }

    [Fact]
    public void With_a_tiny_socket_buffer_what_is_not_delivered_is_counted()
    {
        kernel.Require(KernelFeature.NetDm);

        DropLedger ledger = AssertAccountedFor(SourceUnderTest.NetDmPacket.Options() with { ReceiveBuffer = 1 });

        Assert.NotEqual(0, ledger.SocketLost);
    }

    [Fact]
    public void With_a_tiny_ring_what_is_not_delivered_is_counted()
    {
        kernel.Require(KernelFeature.Tracepoint);

        DropLedger ledger = AssertAccountedFor(SourceUnderTest.Tracepoint.Options() with { RingSize = Environment.SystemPageSize });

        Assert.NotEqual(0, ledger.RingLost);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void With_a_tiny_buffer_what_is_not_delivered_is_counted(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        DropLedger ledger = AssertAccountedFor(source.Options() with { Capacity = 100 });

        Assert.NotEqual(0, ledger.BufferLost);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    public void What_a_ring_of_the_newest_overwrites_is_counted(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        DropLedger ledger = AssertAccountedFor(source.Options() with { Capacity = 100, KeepsNewest = true });

        Assert.NotEqual(0, ledger.Overwritten);
    }

    // Exact where nobody else's packets are dropped: sent = delivered + counted losses. Elsewhere others' drops, delivered and lost, come on top.
    private DropLedger AssertAccountedFor(DropMonitorOptions options)
    {
        using var traffic = DropTraffic.Ipv4();
        long before = DropTraffic.NoPorts();

        Collection seen = Collection.OfStorm(options, traffic, Datagrams);

        DropLedger ledger = seen.Status.Ledger;
        Assert.True(DropTraffic.NoPorts() - before >= Datagrams, "The kernel did not drop what was sent.");
        Assert.Equal(ledger.Received, ledger.Delivered + ledger.BufferLost + ledger.Overwritten);
        Assert.Equal(ledger.Delivered, seen.Mine.Count + seen.Others.Count);
        long accounted = seen.Mine.Count + ledger.TotalLost;
        Assert.True(kernel.IsQuiet ? accounted == Datagrams : accounted >= Datagrams - seen.Others.Count, $"{Datagrams} sent, {seen.Mine.Count} delivered, {seen.Others.Count} of others; {ledger.DescribeLoss()}");
        return ledger;
    }
}
