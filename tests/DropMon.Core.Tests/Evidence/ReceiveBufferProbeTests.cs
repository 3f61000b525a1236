using DropMon.Counters.Sources;
using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

public class ReceiveBufferProbeTests
{
    private const string Header = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";
    private const string Full = "  431: 0100007F:14E9 00000000:0000 07 00000000:00034000 00:00000000 00000000   101        0 4711 2 00000000a4fbcfac 1234\n";
    private const string Idle = "  432: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 4712 2 00000000a4fbcfad 0\n";

    private readonly FakeMachine _machine = new FakeMachine()
        .File("/proc/sys/net/core/rmem_default", "212992\n")
        .File("/proc/sys/net/core/rmem_max", "4194304\n")
        .File("/proc/net/udp", Header + Full + Idle)
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
        DropEvidence evidence = Assert.Single(Find(53), item => item.Source == "/proc/net/udp");

        Assert.Equal(EvidenceVerdict.Contradicts, evidence.Verdict);
        Assert.Contains("0.0.0.0:53", evidence.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_without_a_socket_is_said_to_have_none()
    {
        Assert.Contains(Find(9), item => item.Finding == "No UDP socket is bound to that port now.");
    }

    private List<DropEvidence> Find(int? port) => _machine.Collect(new EvidenceQuery { Reason = "SOCKET_RCVBUFF", DestinationPort = port });
}
