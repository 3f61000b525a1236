using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

/// <summary>Kernels that give no reason leave the function alone to tell: those that drop packets are known.</summary>
public class FunctionCoverageTests
{
    /// <summary>The functions of 6.1 that free packets as dropped, read from its sources; what only builds messages about settings is left out.</summary>
    private static readonly string[] Dropping = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "Functions", "6.1.txt"));

    [Fact]
    public void Every_function_that_drops_packets_is_classified() =>
        Assert.All(Dropping, function => Assert.NotEqual(DropClass.Unknown, new DropClassifier(DropKnowledge.Embedded).Classify(null, null, function).Class));

    [Theory]
    [InlineData("nf_hook_slow", DropClass.Netfilter)]
    [InlineData("__netif_receive_skb_core.constprop.0", DropClass.Device)]
    [InlineData("br_handle_frame_finish", DropClass.Bridge)]
    [InlineData("fq_codel_enqueue", DropClass.Qdisc)]
    [InlineData("ip_tunnel_rcv.isra.0", DropClass.Tunnel)]
    [InlineData("xfrm_input", DropClass.Ipsec)]
    [InlineData("ovs_dp_process_packet", DropClass.OpenVSwitch)]
    [InlineData("ieee80211_rx_list", DropClass.Wireless)]
    public void A_part_of_the_stack_is_told_by_its_function(string function, DropClass expected) =>
        Assert.Equal(expected, new DropClassifier(DropKnowledge.Embedded).Classify("NOT_SPECIFIED", "core", function).Class);
}
