using System.Net;
using DropMon.Evidence;
using DropMon.Machine;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

public class ReceiveBufferProbeTests
{
    private readonly FakeMachine _machine = new FakeMachine()
        .File("/proc/sys/net/core/rmem_default", "212992\n")
        .File("/proc/sys/net/core/rmem_max", "4194304\n")
        .With(Socket(5353, 212992, 4711, 1234), Socket(53, 0, 4712, 0), Socket(67, 300, 4713, 17))
        .File("/proc/812/comm", "avahi\u001b[31m\n")
        .Link("/proc/812/fd/12", "socket:[4711]");

    [Fact]
    public void The_socket_with_a_full_buffer_is_named_with_its_process_and_its_drops()
    {
        DropEvidence evidence = Assert.Single(Find(null), item => item.Verdict == EvidenceVerdict.Confirms);

        Assert.Contains("udp 127.0.0.1:5353 of avahi", evidence.Subject, StringComparison.Ordinal);
        Assert.Contains("full now", evidence.Finding, StringComparison.Ordinal);
        Assert.Equal("rx_queue=212992 drops=1234", evidence.Value);
    }

    [Fact]
    public void A_process_cannot_steer_the_terminal_by_its_name()
    {
        Assert.DoesNotContain(Find(null), item => item.Subject.Any(char.IsControl));
    }

    [Fact]
    public void The_limits_are_told()
    {
        Assert.Contains(Find(null), item => item.Value == "212992 4194304");
    }

    [Fact]
    public void An_alert_narrows_it_to_the_sockets_on_its_port()
    {
        DropEvidence evidence = Assert.Single(Find(53), item => item.Source == "sock_diag udp");

        Assert.Equal(EvidenceVerdict.Neutral, evidence.Verdict);
        Assert.Contains("127.0.0.1:53", evidence.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_without_a_socket_is_said_to_have_none()
    {
        Assert.Contains(Find(9), item => item.Finding == "No UDP socket is bound to that port now in this network namespace.");
    }

    [Fact]
    public void A_socket_that_dropped_once_and_has_room_now_is_shown_and_decides_nothing() =>
        Assert.Equal((EvidenceVerdict.Neutral, "rx_queue=300 drops=17"),
            Find(67).Where(item => item.Source == "sock_diag udp").Select(item => (item.Verdict, item.Value)).Single());

    private static InetSocket Socket(int port, long waiting, ulong inode, long drops) =>
        new("udp", IPAddress.Loopback, port, 0, 7, waiting, inode, drops) { Device = 0, QueueLimit = 212992 };

    private List<DropEvidence> Find(int? port) => _machine.Collect(new EvidenceQuery { Reason = "SOCKET_RCVBUFF", DestinationPort = port });
}
