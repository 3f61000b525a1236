using System.Net;
using DropMon.Evidence;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

public class BoundSocketProbeTests
{
    private const string Header = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private const string Loopback = "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 552 1 00000000a4fbcfac 100 0 0 10 0\n";
    private const string Everywhere6 = "   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 553 1 00000000a4fbcfac 100 0 0 10 0\n";

    private readonly FakeMachine _machine = new FakeMachine()
        .File("/proc/net/tcp", Header + Loopback)
        .File("/proc/net/tcp6", Header + Everywhere6);

    [Fact]
    public void A_socket_on_the_port_but_another_address_confirms() =>
        Assert.Contains(Find(8080, "192.0.2.7"), item => item is { Verdict: EvidenceVerdict.Confirms } && item.Finding.Contains("not to 192.0.2.7", StringComparison.Ordinal));

    [Fact]
    public void A_socket_that_would_take_it_contradicts() =>
        Assert.Contains(Find(22, "192.0.2.7"), item => item is { Verdict: EvidenceVerdict.Contradicts } && item.Subject == "tcp6 [::]:22");

    [Fact]
    public void A_port_that_nobody_listens_on_confirms() =>
        Assert.Contains(Find(23, "192.0.2.7"), item => item is { Verdict: EvidenceVerdict.Confirms, Subject: "port 23" });

    [Fact]
    public void A_socket_that_is_connected_to_one_peer_refutes_nothing()
    {
        const string Connected = "   0: 00000000:0035 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 554 2 00000000a4fbcfac 0\n";
        FakeMachine machine = new FakeMachine().File("/proc/net/udp", Header + Connected);

        DropEvidence evidence = Assert.Single(machine.Collect(new EvidenceQuery { Reason = "NO_SOCKET", Class = DropClass.Udp, DestinationPort = 53 }));

        Assert.Equal(EvidenceVerdict.Neutral, evidence.Verdict);
    }

    [Fact]
    public void Without_a_class_sockets_of_both_protocols_are_looked_at() =>
        Assert.Contains(_machine.Collect(new EvidenceQuery { Reason = "NO_SOCKET", DestinationPort = 22 }), item => item.Subject == "tcp6 [::]:22");

    private List<DropEvidence> Find(int port, string address) => _machine.Collect(new EvidenceQuery
    {
        Reason = "NO_SOCKET",
        Class = DropClass.Tcp,
        DestinationPort = port,
        DestinationAddress = IPAddress.Parse(address),
    });
}
