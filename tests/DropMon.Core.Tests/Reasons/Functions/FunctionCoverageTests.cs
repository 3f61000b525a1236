using DropMon.Reasons;

namespace DropMon.Tests.Reasons.Functions;

/// <summary>
/// Where a kernel gives no reason, the function is all there is to explain a drop: each one at which a kernel reports drops has an entry,
/// or stands on a reviewed list with the reason why it has none.
/// </summary>
public class FunctionCoverageTests
{
    /// <summary>
    /// The functions of 6.1 that free packets as dropped, read from its sources, the inlined ones too: other compilers leave them whole.
    /// </summary>
    private static readonly string[] FromSources = [.. DroppingFunction.Lines("sources-6.1.txt")];

    public static TheoryData<string> EachKernel => GoldenFiles.EachKernel;

    [Fact]
    public void Every_function_that_drops_packets_in_the_sources_is_classified() =>
        Assert.All(
            FromSources, function =>
                Assert.NotEqual(DropClass.Unknown, new DropClassifier(DropKnowledge.Embedded).Classify(null, null, function).Class));

    [Theory]
    [MemberData(nameof(EachKernel))]
    public void Every_function_at_which_a_kernel_reports_drops_has_an_entry_or_a_reviewed_reason_for_none(string kernel)
    {
        IReadOnlyList<DroppingFunction> functions = DroppingFunction.Of(kernel);

        Assert.True(functions.Count > 900, $"the list of {kernel} has {functions.Count} functions");
        Assert.DoesNotContain(functions, function => !HasEntry(function.Name) && !RemainingFunctions.Reviewed.Contains(function));
    }

    [Fact]
    public void The_list_of_remaining_functions_holds_none_that_has_an_entry_or_that_no_kernel_has()
    {
        HashSet<(string, string)> known =
        [
            .. GoldenFiles.Kernels.SelectMany(DroppingFunction.Of).Select(function => (function.Name, function.Module))
        ];

        Assert.DoesNotContain(RemainingFunctions.Reviewed.All, function => HasEntry(function.Name) || !known.Contains(function));
    }

    [Fact]
    public void The_documents_have_the_figures_and_show_what_each_wildcard_takes()
    {
        Assert.True(
            FunctionReport.Document() == Document("functions.md"),
            "docs/functions.md is out of date: it begins with the command that writes it anew");
        Assert.True(
            Document("reasons.md").Contains(FunctionReport.Table(), StringComparison.Ordinal),
            "the table in docs/reasons.md is out of date");
    }

    [Fact(Explicit = true)]
    public void Write_the_report()
    {
        string folder = Environment.GetEnvironmentVariable("DROPMON_GOLDEN")
            ?? throw new InvalidOperationException("DROPMON_GOLDEN names the folder to write to.");
        File.WriteAllText(Path.Combine(folder, "functions.md"), FunctionReport.Document());
        string reasons = Path.Combine(folder, "reasons.md");
        string[] lines = File.ReadAllLines(reasons);
        string[] table = FunctionReport.Table().TrimEnd('\n').Split('\n');
        int start = Array.IndexOf(lines, table[0]);
        File.WriteAllText(reasons, string.Join('\n', [.. lines[..start], .. table, .. lines[(start + table.Length)..], ""]));
    }

    [Theory]
    [InlineData("nf_hook_slow", DropClass.Netfilter)]
    [InlineData("__netif_receive_skb_core.constprop.0", DropClass.Device)]
    [InlineData("br_handle_frame_finish", DropClass.Bridge)]
    [InlineData("fq_codel_enqueue", DropClass.Qdisc)]
    [InlineData("ip_tunnel_rcv.isra.0", DropClass.Tunnel)]
    [InlineData("xfrm_input", DropClass.Ipsec)]
    [InlineData("ovs_dp_process_packet", DropClass.OpenVSwitch)]
    [InlineData("ieee80211_rx_list", DropClass.Wireless)]
    public void The_function_decides_the_part_of_the_stack(string function, DropClass expected) =>
        Assert.Equal(expected, Classify(function).Class);

    [Theory]
    [InlineData("devlink_nl_get_doit")]
    [InlineData("l2tp_nl_cmd_tunnel_get")]
    [InlineData("mptcp_event")]
    [InlineData("vrf_fib_rule")]
    [InlineData("audit_log_end")]
    [InlineData("rtmsg_ifinfo_build_skb")]
    [InlineData("nft_do_chain")]
    public void A_netlink_message_is_no_packet_and_nobody_misses_it(string function)
    {
        DropClassification classification = Classify(function);

        Assert.Equal(DropClass.Message, classification.Class);
        Assert.Equal(DropSignificance.Expected, classification.Significance);
    }

    [Theory]
    [InlineData("vrf_xmit", DropClass.Device, DropSignificance.Loss)]
    [InlineData("vrf_finish_output", DropClass.Neighbour, DropSignificance.Loss)]
    [InlineData("vrf_rcv_finish", DropClass.Netfilter, DropSignificance.Loss)]
    [InlineData("l2tp_recv_common", DropClass.Tunnel, DropSignificance.Suspicious)]
    [InlineData("l2tp_xmit_skb", DropClass.Tunnel, DropSignificance.Loss)]
    [InlineData("l2tp_ip_destroy_sock", DropClass.Socket, DropSignificance.Expected)]
    [InlineData("ipvlan_process_v4_outbound", DropClass.Device, DropSignificance.Loss)]
    [InlineData("ipvlan_process_multicast", DropClass.Device, DropSignificance.Expected)]
    [InlineData("wg_packet_purge_staged_packets", DropClass.Tunnel, DropSignificance.Loss)]
    [InlineData("wg_packet_queue_free", DropClass.Tunnel, DropSignificance.Expected)]
    public void Functions_of_one_driver_drop_for_reasons_of_their_own(string function, DropClass dropClass, DropSignificance significance)
    {
        DropClassification classification = Classify(function);

        Assert.Equal(dropClass, classification.Class);
        Assert.Equal(significance, classification.Significance);
    }

    private static DropClassification Classify(string function) =>
        new DropClassifier(DropKnowledge.Embedded).Classify("NOT_SPECIFIED", "core", function);

    private static bool HasEntry(string function) => DropKnowledge.Embedded.FindFunction(function) is not null;

    private static string Document(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", name)).ReplaceLineEndings("\n");
}
