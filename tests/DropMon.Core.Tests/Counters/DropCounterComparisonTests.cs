using DropMon.Counters;

namespace DropMon.Tests.Counters;

public sealed class DropCounterComparisonTests
{
    [Theory]
    [InlineData("Udp.InErrors", 5, 5, DropCounterState.Same, 0)]
    [InlineData("Udp.InErrors", 5, 12, DropCounterState.Changed, 7)]
    [InlineData("Udp.InErrors", 500, 12, DropCounterState.Reset, 12)]
    [InlineData("FRAG.memory", 500, 100, DropCounterState.Changed, -400)]
    [InlineData("Softnet.dropped", 4294967290, 4, DropCounterState.Changed, 10)]
    [InlineData("Softnet.dropped", 1000, 4, DropCounterState.Reset, 4)]
    public void A_change_has_a_state_and_an_increase(string name, long before, long after, DropCounterState state, long increase)
    {
        DropCounterChange change = Assert.Single(
            DropCounterComparison.Compare([CounterSamples.Counter(name, before)], [CounterSamples.Counter(name, after, 10)]));
        Assert.Equal((state, increase), (change.State, change.Increase));
    }

    [Fact]
    public void A_rate_is_normalised_by_the_time_between()
    {
        DropCounterChange change = Assert.Single(
            DropCounterComparison.Compare([CounterSamples.Counter("Udp.InErrors", 0)], [CounterSamples.Counter("Udp.InErrors", 50, 20)]));
        Assert.Equal(2.5, change.PerSecond);
    }

    [Fact]
    public void A_reading_against_itself_has_no_rate() =>
        Assert.Null(
            Assert.Single(
                DropCounterComparison.Compare(
                    [CounterSamples.Counter("Udp.InErrors", 3)], [CounterSamples.Counter("Udp.InErrors", 3)])).PerSecond);

    [Fact]
    public void What_was_not_there_before_is_new_with_all_that_it_counted()
    {
        DropCounterChange change = Assert.Single(DropCounterComparison.Compare([], [CounterSamples.Counter("Udp.InErrors", 9)]));
        Assert.Equal((DropCounterState.New, 9L, (long?)null), (change.State, change.Increase, change.Before));
    }

    [Fact]
    public void What_is_no_longer_there_has_gone()
    {
        DropCounterChange change = Assert.Single(DropCounterComparison.Compare([CounterSamples.Counter("Udp.InErrors", 9)], []));
        Assert.Equal((DropCounterState.Gone, 0L, (long?)9), (change.State, change.Increase, change.Before));
    }

    [Fact]
    public void The_same_name_on_two_interfaces_is_two_counters()
    {
        static DropCounter Of(string device, long value, double seconds) =>
            CounterSamples.Counter(CounterSamples.Reading("Device.rx_dropped", value) with { InterfaceName = device }, seconds);
        List<DropCounterChange> changes = DropCounterComparison.Compare(
            [Of("eth0", 1, 0), Of("eth1", 1, 0)], [Of("eth0", 1, 1), Of("eth1", 5, 1)]);
        Assert.Equal([0L, 4L], changes.Select(change => change.Increase));
    }

    [Fact]
    public void A_socket_is_the_same_one_once_its_process_is_known()
    {
        CounterReading known = CounterSamples.Socket(3, "listener");
        CounterReading unknown = known with { Value = 0, Socket = known.Socket! with { ProcessId = null, ProcessName = null } };
        DropCounterChange change = Assert.Single(
            DropCounterComparison.Compare([CounterSamples.Counter(unknown)], [CounterSamples.Counter(known, 1)]));
        Assert.Equal(DropCounterState.Changed, change.State);
    }
}
