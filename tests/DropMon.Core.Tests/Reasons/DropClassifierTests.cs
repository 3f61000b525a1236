using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class DropClassifierTests
{
    private readonly DropClassifier _classifier = new(DropKnowledge.Embedded);

    [Theory]
    [InlineData("NO_SOCKET", "udp_rcv", DropClass.Udp, "NoPorts", DropSignificance.Expected)]
    [InlineData("NO_SOCKET", "__udp4_lib_rcv", DropClass.Udp, "NoPorts", DropSignificance.Expected)]
    [InlineData("NO_SOCKET", "udpv6_rcv", DropClass.Udp, "NoPorts", DropSignificance.Expected)]
    [InlineData("NO_SOCKET", "tcp_v4_rcv", DropClass.Tcp, "NO_SOCKET", DropSignificance.Expected)]
    [InlineData("SOCKET_RCVBUFF", "udp_queue_rcv_one_skb", DropClass.Udp, "RcvbufErrors", DropSignificance.Loss)]
    [InlineData("SOCKET_RCVBUFF", "raw_rcv_skb", DropClass.Socket, "SOCKET_RCVBUFF", DropSignificance.Loss)]
    [InlineData("IP_INHDR", "ip_forward", DropClass.Ipv4, "InHdrErrors", DropSignificance.Suspicious)]
    [InlineData("IP_INHDR", "ip6_rcv_core.isra.0", DropClass.Ipv6, "InHdrErrors", DropSignificance.Suspicious)]
    [InlineData("IP_RPFILTER", "ip_rcv_finish_core", DropClass.Ipv4, "IPReversePathFilter", DropSignificance.Suspicious)]
    [InlineData("OTHERHOST", "ip_rcv_core", DropClass.Ipv4, "rx_otherhost_dropped", DropSignificance.Expected)]
    public void The_reason_decides_and_the_function_refines(
        string reason, string function, DropClass dropClass, string type, DropSignificance significance)
    {
        DropClassification answer = _classifier.Classify(reason, "core", function);

        Assert.Equal((dropClass, type, significance), (answer.Class, answer.Type, answer.Significance));
        Assert.EndsWith(".", answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_without_subsystem_is_a_core_one()
    {
        Assert.Equal("InHdrErrors", _classifier.Classify("IP_INHDR", null, null).Type);
    }

    [Fact]
    public void A_reason_that_the_map_lacks_keeps_its_name_as_the_type_and_claims_nothing()
    {
        DropClassification answer = _classifier.Classify("FROM_THE_FUTURE", "core", "no_such_function");

        Assert.Equal(new DropClassification(DropClass.Unknown, "FROM_THE_FUTURE", DropSignificance.Unknown, null), answer);
    }

    [Fact]
    public void Nothing_known_gives_nothing()
    {
        Assert.Equal(default, _classifier.Classify(null, null, null));
    }

    [Fact]
    public void A_trap_that_the_map_lacks_is_a_hardware_drop_named_after_itself()
    {
        DropClassification answer = _classifier.ClassifyTrap("vendor_special", "l2_drops");

        Assert.Equal(new DropClassification(DropClass.Hardware, "vendor_special", DropSignificance.Unknown, null), answer);
    }
}
