using DropMon.KernelTests.Kernel;

namespace DropMon.KernelTests.Conditions;

/// <summary>A reader that stops reading for a minute, be it DropMon or whoever reads from DropMon.</summary>
public sealed class StalledReaderScenarios(KernelUnderTest kernel, StalledReaders readers) : IClassFixture<StalledReaders>
{
    [Theory]
    [InlineData(SourceUnderTest.NetDmPacket, Stalled.Session)]
    [InlineData(SourceUnderTest.NetDmPacket, Stalled.Pipeline)]
    [InlineData(SourceUnderTest.Tracepoint, Stalled.Session)]
    [InlineData(SourceUnderTest.Tracepoint, Stalled.Pipeline)]
    public void Whatever_was_dropped_in_a_minute_without_a_reader_is_delivered_or_counted(SourceUnderTest source, Stalled who)
    {
        kernel.Require(source.Feature());

        (long delivered, long missing) = readers.Of(source, who);

        // Where others' packets are dropped too, theirs may be among the missing.
        Assert.True(
            kernel.IsQuiet ? delivered + missing == StalledReaders.Datagrams : delivered + missing >= StalledReaders.Datagrams
                && delivered <= StalledReaders.Datagrams,
            $"{StalledReaders.Datagrams} sent, {delivered} delivered, {missing} counted as not delivered.");
    }
}
