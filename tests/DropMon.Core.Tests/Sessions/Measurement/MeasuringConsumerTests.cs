using DropMon.Filters;
using DropMon.Packets;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;

namespace DropMon.Tests.Sessions.Measurement;

public class MeasuringConsumerTests
{
    private const int Drops = 20_000;

    [Theory]
    [InlineData(DropGroupKey.Function)]
    [InlineData(DropGroupKey.Location)]
    [InlineData(DropGroupKey.Protocol)]
    [InlineData(DropGroupKey.Cpu)]
    [InlineData(DropGroupKey.ProcessId)]
    public void Counting_allocates_nothing_for_a_drop(DropGroupKey key)
    {
        MeasuringConsumer consumer = Create([key], out _);
        Count(consumer, 100);

        Assert.Equal(0, Allocations.Of(() => Count(consumer, Drops)));
    }

    [Fact]
    public void Names_without_end_fill_a_bounded_number_of_groups()
    {
        MeasuringConsumer consumer = Create([DropGroupKey.ProcessId], out DropTally tally);
        for (int process = 0; process < 150_000; process++)
        {
            var drop = new RawDrop { Address = 0x1000, Count = 1, HasContext = true, ProcessId = process };
            consumer.Consume(in drop);
        }

        IReadOnlyList<DropMeasurement> groups = tally.Snapshot(0, TimeSpan.FromSeconds(1), null);
        Assert.Equal((10_001, 150_000, "(others)"), (groups.Count, groups.Sum(group => group.Count), groups[0].Name));
    }

    private static MeasuringConsumer Create(DropGroupKey[] keys, out DropTally tally)
    {
        var names = new RawDropNames("Tracepoint");
        var sites = new DropSiteTable(PlayedKernel.Knowledge.Symbols, PlayedKernel.Knowledge.Lines, PlayedKernel.Knowledge.Classifier, null, DropFilter.None);
        var labeler = new GroupLabeler(keys);
        tally = new DropTally(labeler.Keys, 0);
        return new MeasuringConsumer(new RawDropGate(sites, DropFilter.None, names), names, labeler, tally);
    }

    private static void Count(MeasuringConsumer consumer, int drops)
    {
        for (int i = 0; i < drops; i++)
        {
            // Places, CPUs and processes take turns, so that no drop is like the one before.
            var drop = new RawDrop
            {
                Address = 0x1000UL * (ulong)(1 + (i % 7)),
                Count = 1,
                HasContext = true,
                Cpu = i % 3,
                ProcessId = i % 5,
                HasEtherType = true,
                EtherType = (ushort)(i % 2 == 0 ? 0x0800 : 0x86dd),
                UnixNanoseconds = i * 10_000_000L,
            };
            consumer.Consume(in drop);
        }

        consumer.EndBatch();
    }
}
