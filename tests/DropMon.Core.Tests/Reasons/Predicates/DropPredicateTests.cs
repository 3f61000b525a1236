using System.Text.Json;
using DropMon.Packets;
using DropMon.Reasons.Predicates;
using DropMon.Tests.Packets;
using static DropMon.Tests.Reasons.Predicates.PredicatePackets;

namespace DropMon.Tests.Reasons.Predicates;

/// <summary>
/// Each predicate of the knowledge file: what it says of a packet that has the property, of its sibling that has not, and of one that does
/// not show.
/// </summary>
public class DropPredicateTests
{
    public static TheoryData<string> OfPackets =>
    [
        "ip=4", "to=multicast", "to=broadcast", "to=unicast", "from=invalid", "from=loopback", "from=unspecified", "frame=broadcast",
        "frame=own", "vlan=tagged",
        "protocol=udp", "icmp=8", "checksum=right", "checksum=wrong", "length=short", "fragment=part", "ethertype=none", "device=veth",
        "!to=multicast", "!checksum=wrong",
    ];

    [Theory]
    [MemberData(nameof(OfPackets))]
    public void Where_no_bytes_nor_device_are_known_nothing_is_said(string condition) => Assert.Equal(Truth.Unknown, Ask(condition, null));

    [Theory]
    [InlineData("to=multicasts")]
    [InlineData("to=")]
    [InlineData("to")]
    [InlineData("=multicast")]
    [InlineData("colour=red")]
    [InlineData("checksum=right|bad")]
    [InlineData("icmp=256")]
    [InlineData("kernel=udp_csum")]
    public void A_condition_that_no_predicate_knows_is_refused(string condition) =>
        Assert.Throws<JsonException>(() => DropPredicate.Parse(condition));

    [Theory]
    [InlineData("239.1.1.1", "to=multicast", true)]
    [InlineData("224.0.0.251", "to=multicast", true)]
    [InlineData("224.0.0.251", "to=local-multicast", true)]
    [InlineData("224.0.1.1", "to=local-multicast", false)]
    [InlineData("10.1.1.2", "to=multicast", false)]
    [InlineData("10.1.1.2", "to=unicast", true)]
    [InlineData("255.255.255.255", "to=broadcast", true)]
    [InlineData("255.255.255.255", "to=multicast", false)]
    [InlineData("255.255.255.255", "to=unicast", false)]
    [InlineData("127.0.0.1", "to=loopback", true)]
    [InlineData("127.0.0.1", "to=unicast", false)]
    [InlineData("ff02::fb", "to=multicast", true)]
    [InlineData("ff02::fb", "to=local-multicast", true)]
    [InlineData("ff05::2", "to=local-multicast", false)]
    [InlineData("2001:db8::2", "to=unicast", true)]
    [InlineData("2001:db8::2", "to=multicast|broadcast", false)]
    [InlineData("::1", "to=loopback", true)]
    [InlineData("239.1.1.1", "to=broadcast|multicast", true)]
    [InlineData("239.1.1.1", "!to=multicast", false)]
    public void Destinations(string destination, string condition, bool expected) =>
        Assert.Equal(expected ? Truth.Yes : Truth.No, Ask(condition, UdpFrame(destination)));

    [Fact]
    public void An_IPv4_packet_in_a_broadcast_frame_is_for_all_whatever_the_network_s_mask()
    {
        Assert.Equal(Truth.Yes, Ask("to=broadcast", UdpFrame("10.1.1.255", Broadcast)));
        Assert.Equal(Truth.No, Ask("to=unicast", UdpFrame("10.1.1.255", Broadcast)));
        Assert.Equal(Truth.No, Ask("to=broadcast", UdpFrame("10.1.1.255")));
    }

    [Theory]
    [InlineData("10.1.1.255", "to=unicast", null)]
    [InlineData("10.1.1.255", "to=broadcast", null)]
    [InlineData("10.1.1.255", "to=multicast", false)]
    [InlineData("10.1.1.4", "to=unicast", null)]
    [InlineData("10.1.1.2", "to=unicast", true)]
    [InlineData("10.1.1.2", "to=broadcast", false)]
    [InlineData("127.0.0.4", "to=loopback", true)]
    [InlineData("255.255.255.255", "to=broadcast", true)]
    public void Without_a_frame_an_address_that_may_be_a_network_s_broadcast_says_neither(
        string destination, string condition, bool? expected)
    {
        byte[] packet = UdpFrame(destination)[EthernetHeader.Length..];

        Assert.Equal(expected is { } known ? TruthOf.Known(known) : Truth.Unknown, Ask(condition, packet, Ipv4Type));
    }

    [Theory]
    [InlineData("10.1.1.1", "from=unicast", true)]
    [InlineData("224.0.0.9", "from=invalid", true)]
    [InlineData("255.255.255.255", "from=invalid", true)]
    [InlineData("0.0.0.0", "from=invalid", true)]
    [InlineData("0.0.0.0", "from=unspecified", true)]
    [InlineData("0.1.2.3", "from=unspecified", false)]
    [InlineData("127.0.0.9", "from=loopback", true)]
    [InlineData("127.0.0.9", "from=invalid", false)]
    [InlineData("10.1.1.1", "from=invalid|loopback", false)]
    public void Sources(string source, string condition, bool expected) =>
        Assert.Equal(expected ? Truth.Yes : Truth.No, Ask(condition, UdpFrame("10.1.1.2", source: source)));

    [Fact]
    public void The_version_shows_in_the_bytes_or_else_in_the_EtherType()
    {
        Assert.Equal(Truth.Yes, Ask("ip=6", UdpFrame("ff02::1")));
        Assert.Equal(Truth.No, Ask("ip=4", UdpFrame("ff02::1")));
        Assert.Equal(Truth.Yes, Ask("ip=6", null, Ipv6Type));
        Assert.Equal(Truth.No, Ask("ip=4", null, 0x0806));
        Assert.Equal(Truth.Unknown, Ask("ip=4", null, 0));
    }

    [Fact]
    public void What_has_no_EtherType_is_no_packet()
    {
        Assert.Equal(Truth.Yes, Ask("ethertype=none", null, 0));
        Assert.Equal(Truth.No, Ask("ethertype=none", null, Ipv4Type));
        Assert.Equal(Truth.Yes, Ask("ethertype=some", null, Ipv4Type));
        Assert.Equal(Truth.Yes, Ask("ethertype=handled", null, Ipv4Type));
        Assert.Equal(Truth.No, Ask("ethertype=handled", null, 0x88cc));
        Assert.Equal(Truth.No, Ask("ethertype=handled", null, 0));
    }

    [Fact]
    public void The_frame_s_own_address()
    {
        var own = new DropDevice("physical", Headers.DestinationMac);
        var other = new DropDevice("physical", Headers.SourceMac);

        Assert.Equal(Truth.Yes, Ask("frame=own", UdpFrame("10.1.1.2"), device: own));
        Assert.Equal(Truth.No, Ask("frame=own", UdpFrame("10.1.1.2", Broadcast), device: own));
        Assert.Equal(Truth.Unknown, Ask("frame=own", UdpFrame("10.1.1.2"), device: other));
        Assert.Equal(Truth.Yes, Ask("frame=unicast", UdpFrame("10.1.1.2")));
        Assert.Equal(Truth.Yes, Ask("frame=broadcast", UdpFrame("10.1.1.2", Broadcast)));
        Assert.Equal(Truth.No, Ask("frame=multicast", UdpFrame("10.1.1.2", Broadcast)));
        Assert.Equal(Truth.Yes, Ask("frame=multicast", UdpFrame("239.1.1.1", [1, 0, 0x5e, 1, 1, 1])));
    }

    [Fact]
    public void The_device_s_kind()
    {
        Assert.Equal(Truth.Yes, Ask("device=veth|macvlan", null, device: new DropDevice("macvlan", [])));
        Assert.Equal(Truth.No, Ask("device=physical", null, device: new DropDevice("veth", [])));
    }

    [Fact]
    public void A_tag_in_the_bytes()
    {
        Assert.Equal(
            Truth.Yes, Ask("vlan=tagged", Headers.Ethernet(0x8100, Headers.Vlan(100, Ipv4Type, Headers.Ipv4(17, Headers.Udp(1, 2, []))))));
        Assert.Equal(Truth.No, Ask("vlan=tagged", UdpFrame("10.1.1.2")));
        Assert.Equal(
            Truth.Yes,
            Ask(
                "to=multicast",
                Headers.Ethernet(0x8100, Headers.Vlan(100, Ipv4Type, Headers.Ipv4(17, Headers.Udp(1, 2, []), destination: "239.1.1.1")))));
    }

    [Theory]
    [InlineData("protocol=udp", true)]
    [InlineData("protocol=17", true)]
    [InlineData("protocol=tcp|udp", true)]
    [InlineData("protocol=tcp", false)]
    [InlineData("icmp=8", false)]
    public void Protocols(string condition, bool expected) =>
        Assert.Equal(expected ? Truth.Yes : Truth.No, Ask(condition, UdpFrame("10.1.1.2")));

    [Fact]
    public void Types_of_ICMP_messages()
    {
        byte[] echo = Headers.Ethernet(Ipv4Type, Headers.Ipv4(1, Headers.Icmp(8, 0, 1, Headers.Letters(8))));
        byte[] report = Headers.Ethernet(
            Ipv6Type, Headers.Ipv6(0, Headers.Extension(58, [5, 2, 0, 0], Headers.Icmp(143, 0, 1, [])), "::", "ff02::16"));

        Assert.Equal(Truth.Yes, Ask("icmp=8", echo));
        Assert.Equal(Truth.No, Ask("icmp=0", echo));
        Assert.Equal(Truth.Yes, Ask("icmp=131|143", report));
        Assert.Equal(Truth.Yes, Ask("protocol=icmp6", report));
    }

    [Fact]
    public void An_IPv6_packet_may_end_with_its_header() =>
        Assert.Equal(Truth.Yes, Ask("protocol=none", Headers.Ethernet(Ipv6Type, Headers.Ipv6(59, []))));

    [Fact]
    public void Fragments()
    {
        byte[] first = Headers.Ethernet(Ipv4Type, Headers.Ipv4(17, Headers.Udp(1, 2, Headers.Letters(8)), more: true));
        byte[] later = Headers.Ethernet(Ipv6Type, Headers.Ipv6(44, Headers.Fragment(17, 64, false, Headers.Letters(16))));

        Assert.Equal(Truth.Yes, Ask("fragment=part", first));
        Assert.Equal(Truth.Yes, Ask("fragment=part", later));
        Assert.Equal(Truth.Yes, Ask("fragment=whole", UdpFrame("10.1.1.2")));
        Assert.Equal(Truth.Unknown, Ask("checksum=right", first));
        Assert.Equal(Truth.Unknown, Ask("length=short", later));
    }

    [Fact]
    public void The_kernel_is_asked_apart()
    {
        var modern = new KernelFacts(true, name => name == "UDP_CSUM");
        var old = new KernelFacts(false, null);

        Assert.Equal(Truth.Yes, DropPredicate.Parse("kernel=UDP_CSUM").Ask(modern));
        Assert.Equal(Truth.No, DropPredicate.Parse("kernel=DUP_FRAG").Ask(modern));
        Assert.Equal(Truth.Yes, DropPredicate.Parse("kernel=reasons").Ask(modern));
        Assert.Equal(Truth.No, DropPredicate.Parse("kernel=UDP_CSUM").Ask(old));
        Assert.Equal(Truth.Yes, DropPredicate.Parse("!kernel=reasons").Ask(old));
        Assert.Equal(Truth.Unknown, DropPredicate.Parse("!kernel=UDP_CSUM").Ask(KernelFacts.Unknown));
    }
}
