using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Sessions;

namespace DropMon.KernelTests.Scenarios;

/// <summary>The stacks of the sources that record them.</summary>
public sealed class StackScenarios(KernelUnderTest kernel)
{
    [Theory]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void A_stack_leads_from_the_place_of_the_drop_outwards(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();
        DropMonitorOptions options = source.Options() with { StackTrace = true };

        Collection collection = Collection.Of(options, traffic, 20);

        Assert.Equal(20, collection.Count);
        Assert.All(collection.Mine, alert =>
        {
            StackFrame[] stack = [.. alert.StackTrace!];
            Assert.Equal((alert.Function, alert.Offset), (stack[0].Function, stack[0].Offset));
            // Loopback hands the packet to the receiving side in a softirq.
            Assert.Contains(stack, frame => frame.Function == "process_backlog");
        });
        Assert.DoesNotContain(collection.Status.Warnings, warning => warning.Contains("no stack", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SourceUnderTest.Tracepoint)]
    [InlineData(SourceUnderTest.Ebpf)]
    public void No_stack_is_recorded_unasked(SourceUnderTest source)
    {
        kernel.Require(source.Feature());
        using var traffic = DropTraffic.Ipv4();

        Assert.Null(Assert.Single(Collection.Of(source.Options(), traffic, 1).Mine).StackTrace);
    }
}
