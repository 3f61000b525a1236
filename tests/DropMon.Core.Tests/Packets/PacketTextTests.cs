namespace DropMon.Tests.Packets;

/// <summary>The line that a packet is shown as.</summary>
public class PacketTextTests
{
    [Theory]
    [InlineData("UDP", "10.1.1.1.40000 > 10.1.1.2.9: UDP, length 12")]
    [InlineData("empty UDP", "10.1.1.1.40000 > 10.1.1.2.9: UDP, length 0")]
    [InlineData("padded UDP", "10.1.1.1.40000 > 10.1.1.2.9: UDP, length 2")]
    [InlineData("UDP over IPv6", "fe80::1.546 > ff02::1:2.547: UDP, length 5")]
    [
        InlineData(
            "TCP SYN",
            "10.1.1.1.40000 > 10.1.1.2.80: TCP [S], seq 1, win 64240, options [mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7], length 0")
    ]
    [
        InlineData(
            "TCP SACK", "10.1.1.1.80 > 10.1.1.2.40000: TCP [.], seq 100, ack 200, win 64240, options [nop,nop,sack {200:300}], length 0")
    ]
    [InlineData("TCP data", "2001:db8::1.40001 > 2001:db8::2.443: TCP [P.], seq 7, ack 8, win 64240, length 20")]
    [InlineData("TCP with every flag", "10.1.1.1.80 > 10.1.1.2.40000: TCP [FSRP.UEWe], seq 9, ack 2, win 64240, length 1")]
    [InlineData("SCTP", "10.1.1.1.2905 > 10.1.1.2.2906: SCTP [SACK,DATA], length 36")]
    [InlineData("ARP request", "ARP, who has 10.1.1.2 tell 10.1.1.1, length 42")]
    [InlineData("ARP reply", "ARP, 10.1.1.1 is at 02:00:00:00:00:0a, length 42")]
    [InlineData("VLAN", "VLAN 100, 10.1.1.1.40000 > 10.1.1.2.9: UDP, length 12")]
    [InlineData("stacked VLAN", "VLAN 200, VLAN 300, 2001:db8::1.40001 > 2001:db8::2.443: TCP [P.], seq 7, ack 8, win 64240, length 20")]
    [InlineData("MPLS", "MPLS 16, MPLS 17, 10.1.1.1.40000 > 10.1.1.2.9: UDP, length 12")]
    [InlineData("PPPoE", "PPPoE session 17, 10.1.1.1.40000 > 10.1.1.2.9: UDP, length 12")]
    [InlineData("802.3", "02:00:00:00:00:0a > 02:00:00:00:00:0b, 802.2, length 60")]
    [InlineData("unknown EtherType", "02:00:00:00:00:0a > 02:00:00:00:00:0b, LLDP, length 25")]
    [InlineData("IPv4 options", "10.1.1.1 > 224.0.0.251: IGMP v2 report 224.0.0.251, length 0")]
    [InlineData("IPv4 first fragment", "10.1.1.1.40000 > 10.1.1.2.9: UDP, fragment (id 4660, offset 0, more follow), length 1472")]
    [InlineData("IPv4 last fragment", "10.1.1.1 > 10.1.1.2: UDP, fragment (id 4660, offset 1480, last), length 500")]
    [InlineData("IPv6 later fragment", "2001:db8::1 > 2001:db8::2: UDP, fragment (id 51966, offset 1448, last), length 300")]
    [InlineData("IPv6 atomic fragment", "2001:db8::1.40000 > 2001:db8::2.9: UDP, length 30")]
    [InlineData("IPv6 destination options and routing", "2001:db8::1.5 > 2001:db8::2.6: routing type 4, segments left 0, UDP, length 3")]
    [InlineData("IPv4 authentication header", "10.1.1.1.1 > 10.1.1.2.2: AH spi 0x00001001, seq 7, UDP, length 2")]
    [InlineData("ESP", "10.1.1.1 > 10.1.1.2: ESP spi 0xc0ffee01, seq 42, length 40")]
    [InlineData("OSPF", "10.1.1.1 > 10.1.1.2: OSPF, length 24")]
    [InlineData("IPv6 mobility", "2001:db8::1 > 2001:db8::2: Mobility type 5, length 0")]
    [InlineData("ICMP echo", "10.1.1.1 > 10.1.1.2: ICMP echo request, id 17, seq 2, length 56")]
    [
        InlineData(
            "ICMP port unreachable",
            "10.1.1.1 > 10.1.1.2: ICMP destination unreachable (port unreachable), quoting 10.1.1.2.40000 > 10.1.1.1.9: UDP, length 200 " +
            "[truncated]")
    ]
    [
        InlineData(
            "ICMP time exceeded quoting TCP's first 8 bytes",
            "10.1.1.1 > 10.1.1.2: ICMP time exceeded (in transit), quoting 10.1.1.2.40000 > 10.9.9.9.80: TCP, seq 77, length 0 " +
            "[truncated in TCP]")
    ]
    [
        InlineData(
            "ICMP fragmentation needed",
            "10.1.1.1 > 10.1.1.2: ICMP destination unreachable (fragmentation needed), mtu 1400, quoting 10.1.1.2.40000 > 10.1.1.1.9: " +
            "UDP, length 200")
    ]
    [
        InlineData(
            "ICMP redirect",
            "10.1.1.1 > 10.1.1.2: ICMP redirect (for the host), to 10.1.1.254, quoting 10.1.1.2.40000 > 10.1.1.1.9: UDP, length 200 " +
            "[truncated]")
    ]
    [
        InlineData(
            "ICMPv6 packet too big",
            "2001:db8::1 > 2001:db8::2: ICMPv6 packet too big, mtu 1280, quoting 2001:db8::1.1000 > 2001:db8::2.2000: UDP, length 1400 " +
            "[truncated]")
    ]
    [
        InlineData(
            "neighbor solicitation",
            "fe80::1 > ff02::1:ff00:2: ICMPv6 neighbor solicitation, who has fe80::2, source 02:00:00:00:00:0a, length 0")
    ]
    [
        InlineData(
            "neighbor advertisement", "fe80::2 > fe80::1: ICMPv6 neighbor advertisement, target fe80::2 at 02:00:00:00:00:0b, length 0")
    ]
    [InlineData("VXLAN", "10.1.1.1.50000 > 10.1.1.2.4789: VXLAN vni 42: 192.168.7.1.7 > 192.168.7.2.8: UDP, length 6")]
    [InlineData("GENEVE", "10.1.1.1.50000 > 10.1.1.2.6081: GENEVE vni 77: 192.168.7.1.7 > 192.168.7.2.8: UDP, length 6")]
    [InlineData("GRE with key and sequence", "10.1.1.1 > 10.1.1.2: GRE key 1234, seq 99: 192.168.7.1.7 > 192.168.7.2.8: UDP, length 6")]
    [InlineData("IPv4 in IPv4", "10.1.1.1 > 10.1.1.2: IPIP: 192.168.1.1.3 > 192.168.1.2.4: UDP, length 5")]
    [
        InlineData(
            "tunnel in a tunnel",
            "10.1.1.1 > 10.1.1.2: GRE: 2001:db8::1.9 > 2001:db8::2.4789: VXLAN vni 5: 192.168.7.1.7 > 192.168.7.2.8: UDP, length 6")
    ]
    public void A_packet_is_one_line_as_tcpdump_would_put_it(string sample, string line) =>
        Assert.Equal(line, PacketSamples.Named(sample).Dissect().ToString());
}
