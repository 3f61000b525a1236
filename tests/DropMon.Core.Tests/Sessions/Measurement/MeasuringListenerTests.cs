using DropMon.Filters;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Sessions.Measurement;

public sealed class MeasuringListenerTests : IDisposable
{
    private readonly FakeSource _source = new();
    private DropSession? _session;

    private const int Drops = 20_000;

    public void Dispose() => _session?.Dispose();

    [Theory]
    [InlineData(DropGroupKey.Function)]
    [InlineData(DropGroupKey.Location)]
    [InlineData(DropGroupKey.Protocol)]
    [InlineData(DropGroupKey.Cpu)]
    [InlineData(DropGroupKey.ProcessId)]
    public void Counting_allocates_nothing_for_a_drop(DropGroupKey key)
    {
        (IRawDropConsumer consumer, IMeasuringListener listener) = Create([key]);
        Count(consumer, 100);

        Assert.Equal(0, Allocations.Of(() => Count(consumer, Drops)));
        Assert.Equal(100, listener.Total % Drops);
    }

    [Fact]
    public void Names_without_end_fill_a_bounded_number_of_groups()
    {
        (IRawDropConsumer consumer, IMeasuringListener listener) = Create([DropGroupKey.ProcessId]);
        for (int process = 0; process < 150_000; process++)
        {
            var drop = new RawDrop { Address = 0x1000, Count = 1, HasContext = true, ProcessId = process };
            consumer.Consume(in drop);
        }

        IReadOnlyList<DropMeasurement> groups = listener.Read();
        Assert.Equal((10_001, 150_000, "(others)"), (groups.Count, groups.Sum(group => group.Count), groups[0].Name));
    }

    [Fact]
    public void Counts_too_large_to_add_up_stay_the_largest_number()
    {
        (IRawDropConsumer consumer, IMeasuringListener listener) = Create([DropGroupKey.Function]);
        for (int i = 0; i < 2; i++)
        {
            var drop = new RawDrop { Address = 0x1000, Count = long.MaxValue };
            consumer.Consume(in drop);
        }

        Assert.Equal(long.MaxValue, listener.Total);
        Assert.Equal(long.MaxValue, Assert.Single(listener.CountBySite()).Value);
    }

    // The session's thread sleeps: this one takes its place.
    private (IRawDropConsumer Source, IMeasuringListener Listener) Create(DropGroupKey[] keys)
    {
        _session = new DropSession(_source, PlayedKernel.Knowledge);
        IMeasuringListener listener = _session.Measure(DropFilter.None, new DropMeterOptions { By = keys });
        _source.WaitUntilDelivered();
        return (_session.Dispatcher, listener);
    }

    private static void Count(IRawDropConsumer consumer, int drops)
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
