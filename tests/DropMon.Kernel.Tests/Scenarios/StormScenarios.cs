using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>Drops at full speed: nearly all are delivered, and nothing is lost unnoticed.</summary>
public sealed class StormScenarios(KernelUnderTest kernel, DefaultStorms storms) : IClassFixture<DefaultStorms>
{
    // Enough to overflow whatever is tiny.
    private const int Datagrams = 5_000;

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void With_default_settings_999_of_1000_drops_are_delivered(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        Assert.InRange(storms.Through(source).Count, DefaultStorms.Datagrams * 0.999, DefaultStorms.Datagrams);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.NetDmSummary)]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void With_default_settings_what_is_not_delivered_is_counted(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        AssertAccountedFor(storms.Through(source), DefaultStorms.Datagrams);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void A_monitor_stopped_right_after_the_last_drop_has_it(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        DropLedger ledger = AssertStormIsAccountedFor(source.Options());

        Assert.Equal(0, ledger.TotalLost);
    }

    [Fact]
    public void With_a_tiny_kernel_queue_what_is_not_delivered_is_counted()
    {
        kernel.Require(KernelFeature.NetDm);

        DropLedger ledger = AssertStormIsAccountedFor(SourceUnderTest.NetDmPacket.Options() with { QueueLength = 1 });

        Assert.NotEqual(0, ledger.KernelQueueLost);
    }

    [Fact]
    public void With_a_tiny_socket_buffer_what_is_not_delivered_is_counted()
    {
        kernel.Require(KernelFeature.NetDm);

        DropLedger ledger = AssertStormIsAccountedFor(
            SourceUnderTest.NetDmPacket.Options() with { ReceiveBuffer = 1 }, DefaultStorms.Datagrams);

        Assert.NotEqual(0, ledger.SocketLost);
    }

    [Fact]
    public void With_a_tiny_ring_what_is_not_delivered_is_counted()
    {
        kernel.Require(KernelFeature.Tracepoint);

        DropLedger ledger = AssertStormIsAccountedFor(
            SourceUnderTest.Tracepoint.Options() with { RingSize = Environment.SystemPageSize }, DefaultStorms.Datagrams);

        Assert.NotEqual(0, ledger.RingLost);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void With_a_tiny_buffer_what_is_not_delivered_is_counted(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        DropLedger ledger = AssertStormIsAccountedFor(source.Options() with { Capacity = 100 });

        Assert.NotEqual(0, ledger.BufferLost);
    }

    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket)]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void What_a_ring_of_the_newest_overwrites_is_counted(SourceUnderTest source)
    {
        kernel.Require(source.Feature());

        DropLedger ledger = AssertStormIsAccountedFor(source.Options() with { Capacity = 100, KeepsNewest = true });

        Assert.NotEqual(0, ledger.Overwritten);
    }

    private DropLedger AssertStormIsAccountedFor(DropMonitorOptions options, int datagrams = Datagrams)
    {
        using var traffic = DropTraffic.Ipv4();
        long before = DropTraffic.NoPorts();

        Collection seen = Collection.OfStorm(options, traffic, datagrams);

        long dropped = DropTraffic.NoPorts() - before;
        Assert.True(dropped >= datagrams, $"Of {datagrams} datagrams the kernel dropped {dropped}.");
        return AssertAccountedFor(seen, datagrams);
    }

    // Exact where nobody else's packets are dropped: sent = delivered + counted losses. Elsewhere others' drops, delivered and lost, come
    // on top.
    private DropLedger AssertAccountedFor(Collection seen, long sent)
    {
        DropLedger ledger = seen.Status.Ledger;
        Assert.Equal(ledger.Received, ledger.Delivered + ledger.BufferLost + ledger.Overwritten);
        Assert.Equal(ledger.Delivered, seen.Mine.Count + seen.Others.Count);
        long accounted = seen.Count + ledger.TotalLost;
        Assert.True(
            kernel.IsQuiet ? accounted == sent : accounted >= sent - seen.Others.Count,
            $"{sent} sent, {seen.Count} delivered, {seen.Others.Count} of others: {string.Join("; ", seen.Others.Take(5))}. "
                + $"{ledger.DescribeLoss()}");
        return ledger;
    }
}
