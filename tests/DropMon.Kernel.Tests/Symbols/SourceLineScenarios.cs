using DropMon.Kernel.Symbols;

namespace DropMon.KernelTests.Symbols;

/// <summary>Source lines of the running kernel, beside those that eu-addr2line finds.</summary>
public sealed class SourceLineScenarios : IClassFixture<DebugInformation>
{
    // What drops packets, and enough of it.
    private static readonly string[] Functions =
    [
        "__udp4_lib_rcv", "udp_queue_rcv_one_skb", "tcp_v4_rcv", "tcp_data_queue", "ip_forward", "ip_route_input_slow", "icmp_rcv",
            "arp_process", "ip6_forward",
        "__netif_receive_skb_core.constprop.0", "enqueue_to_backlog", "__dev_queue_xmit", "sk_filter_trim_cap", "nf_hook_slow",
            "__neigh_event_send", "unix_dgram_sendmsg",
    ];

    private readonly KernelSymbolTable _symbols;
    private readonly DwarfSourceLines _lines;

    public SourceLineScenarios(DebugInformation information)
    {
        Assert.SkipUnless(information.Support.IsAvailable, information.Support.Status);
        _symbols = information.Symbols;
        _lines = information.Lines;
    }

    [Fact]
    public void The_kernels_lines_and_inlined_calls_are_those_of_eu_addr2line() =>
        AssertSameLines([.. Functions.SelectMany(name => _symbols.FindFunctions(name, module: null)).SelectMany(Places)]);

    [Fact]
    public void The_lines_of_modules_are_those_of_eu_addr2line()
    {
        FunctionExtent[] functions =
        [
            .. ModuleFunctions("overlay", "ovl_open", "ovl_lookup", "ovl_copy_up_one"),
            .. ModuleFunctions("fuse", "fuse_lookup", "fuse_simple_request", "fuse_dev_do_write"),
            .. ModuleFunctions("drop_monitor", "net_dm_packet_work", "net_dm_cmd_trace", "net_dm_packet_report_fill"),
        ];
        AssertSameLines([.. functions.SelectMany(Places)]);
    }

    [Fact]
    public void A_line_is_named_below_the_source_tree()
    {
        FunctionExtent function = Assert.Single(_symbols.FindFunctions("__udp4_lib_rcv", module: null));

        Assert.StartsWith("net/ipv4/udp.c", _lines.Find(function.Address)?.FunctionFile, StringComparison.Ordinal);
    }

    private IEnumerable<FunctionExtent> ModuleFunctions(string module, params string[] names) =>
        names.SelectMany(name => _symbols.FindFunctions(name, module));

    // Instructions and bytes within them, all over the function.
    private static IEnumerable<ulong> Places(FunctionExtent function)
    {
        const int Places = 8;
        for (ulong i = 0; i < Places; i++)
        {
            yield return function.Address + (function.Size * i / Places);
        }
    }

    private void AssertSameLines(ulong[] addresses)
    {
        Assert.True(addresses.Length >= 8 * 3, "The kernel has too few of the functions that are looked at.");
        Dictionary<ulong, string[]> theirs = DebuggerLines.Of(addresses);

        Assert.All(addresses, address => Assert.Equal(theirs[address].FirstOrDefault(), Lines(address).FirstOrDefault()));
        // Where two inlined functions cover one address, elfutils' command contradicts itself: --functions names one, --inlines the other.
        Assert.InRange(addresses.Count(address => !theirs[address].SequenceEqual(Lines(address))), 0, addresses.Length / 100);
    }

    private string[] Lines(ulong address) =>
        _lines.Find(address) is { } source
            ? [.. source.InlineFrames.Select(frame => Text(frame.SourceFile, frame.Line)), Text(source.FunctionFile, source.FunctionLine)]
            : [];

    private static string Text(string? file, int? line) => $"{Path.GetFileName(file)}:{line}";
}
