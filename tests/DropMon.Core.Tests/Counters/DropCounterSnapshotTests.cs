using DropMon.Counters;
using DropMon.Reasons;

namespace DropMon.Tests.Counters;

public sealed class DropCounterSnapshotTests
{
    [Fact]
    public void A_source_that_cannot_be_read_is_a_warning_beside_the_others()
    {
        DropCounterSnapshot snapshot = DropCounterSnapshot.Read(
            [new Source(1, fails: true), new Source(2, fails: false)], CounterKnowledge.Embedded, DateTimeOffset.UnixEpoch);
        Assert.Equal((2, "source 1"), (snapshot.Counters.Count, Assert.Single(snapshot.Warnings).Source));
    }

    [Fact]
    public void What_a_source_gave_before_it_failed_is_kept()
    {
        DropCounterSnapshot snapshot = DropCounterSnapshot.Read(
            [new Source(1, fails: true)], CounterKnowledge.Embedded, DateTimeOffset.UnixEpoch);
        Assert.Equal(1, Assert.Single(snapshot.Counters).Value);
    }

    [Fact]
    public void This_machine_has_counters_of_each_part_of_the_stack()
    {
        DropCounterSnapshot snapshot = DropCounterSnapshot.Read();
        string[] groups = [.. snapshot.Counters.Select(counter => counter.Name.Split('.')[0]).Distinct()];
        Assert.Superset(
            new HashSet<string>(["Ip", "Tcp", "Udp", "TcpExt", "IpExt", "Softnet", "Device", "Socket", "FRAG", "Neighbour"]),
            new HashSet<string>(groups));
    }

    [Fact]
    public void Loopback_has_all_fields_of_the_link_statistics()
    {
        int fields = DropCounterSnapshot
            .Read().Counters
            .Count(counter => counter is { InterfaceName: "lo", Source: "rtnetlink RTM_GETLINK" });
        Assert.InRange(fields, 24, 25);
    }

    private sealed class Source(int number, bool fails) : IDropCounterSource
    {
        public string Name => $"source {number}";

        public IEnumerable<CounterReading> Read()
        {
            yield return new CounterReading(new CounterName("Udp", "InErrors"), number);
            if (fails)
            {
                throw CounterSourceException.Unreadable(Name);
            }
        }
    }
}
