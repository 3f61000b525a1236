using System.Net;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

public class ListenQueueProbeTests
{
    [Fact]
    public void A_full_accept_queue_is_named_with_its_limit_and_its_process()
    {
        FakeMachine machine = new FakeMachine()
            .With(Listening(8080, 6, 5), Listening(22, 0, 128))
            .File("/proc/7/comm", "slow\n").Link("/proc/7/fd/3", "socket:[8080]");

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "TCP_LISTEN_OVERFLOW" }),
            item => item.Verdict == EvidenceVerdict.Confirms);

        Assert.Equal(("tcp 127.0.0.1:8080 of slow (7)", "6/5"), (evidence.Subject, evidence.Value));
    }

    [Theory]
    [InlineData(5, 5L)]
    [InlineData(99, null)]
    public void A_queue_with_room_or_of_unknown_limit_decides_nothing(long waiting, long? limit) =>
        Assert.All(
            new FakeMachine().With(Listening(8080, waiting, limit))
                .Collect(new EvidenceQuery { Reason = "TCP_LISTEN_OVERFLOW", DestinationPort = 8080 }),
            item => Assert.Equal(EvidenceVerdict.Neutral, item.Verdict));

    private static InetSocket Listening(int port, long waiting, long? limit) =>
        new("tcp", IPAddress.Loopback, port, 0, 10, waiting, (ulong)port, 0) { Device = 0, QueueLimit = limit };
}
