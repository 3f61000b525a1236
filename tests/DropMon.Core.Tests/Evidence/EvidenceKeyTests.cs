using DropMon.Evidence;
using DropMon.Reasons;
using DropMon.Tests.Machine;

namespace DropMon.Tests.Evidence;

/// <summary>Which probes look: a reason decides, and without one the function and the class.</summary>
public class EvidenceKeyTests
{
    private readonly FakeMachine _machine = new();

    [Theory]
    [InlineData("nf_hook_slow", DropClass.Netfilter, "nft -a list ruleset")]
    [InlineData("nf_hook_slow.constprop.0", DropClass.Unknown, "nft -a list ruleset")]
    [InlineData("br_nf_pre_routing", DropClass.Netfilter, "nft -a list ruleset")]
    [InlineData("__udp4_lib_rcv", DropClass.Udp, "sock_diag tcp, sock_diag udp")]
    [InlineData("udp_queue_rcv_one_skb", DropClass.Udp, "sock_diag udp")]
    [InlineData("__udp_enqueue_schedule_skb.isra.0", DropClass.Udp, "sock_diag udp")]
    [InlineData("tpacket_rcv", DropClass.Socket, "sock_diag packet")]
    [InlineData("ip_rcv_core", DropClass.Ipv4, "rtnetlink RTM_GETLINK")]
    [InlineData("enqueue_to_backlog", DropClass.Device, "/proc/net/softnet_stat")]
    [InlineData("tbf_enqueue", DropClass.Qdisc, "rtnetlink RTM_GETQDISC")]
    [InlineData("arp_error_report", DropClass.Neighbour, "rtnetlink RTM_GETNEIGH")]
    [InlineData("ip_expire", DropClass.Ipv4, "/proc/net/sockstat")]
    public void A_drop_without_a_reason_is_looked_into_by_its_function_and_class(string function, DropClass dropClass, string source)
    {
        foreach (string? reason in new[] { null, "NOT_SPECIFIED" })
        {
            EvidenceQuery query = EvidenceQuery.Of(Alert(reason, function, dropClass));

            Assert.Contains(_machine.Collect(query), item => item.Source == source && item.Reason == reason);
        }
    }

    [Fact]
    public void A_reason_of_a_newer_kernel_decides_nothing_so_that_function_and_class_do() =>
        Assert.Contains(_machine.Collect(EvidenceQuery.Of(Alert("HOOK_OF_TOMORROW", "nf_hook_slow", DropClass.Netfilter))),
            item => item.Source == "nft -a list ruleset");

    [Fact]
    public void A_reason_that_says_why_is_not_widened_by_its_class() =>
        Assert.DoesNotContain(_machine.Collect(EvidenceQuery.Of(Alert("UDP_CSUM", "udp_queue_rcv_one_skb", DropClass.Udp))),
            item => item.Source == "sock_diag udp");

    [Fact]
    public void Nothing_is_looked_into_where_neither_reason_nor_function_nor_class_is_known() =>
        Assert.Empty(_machine.Collect(EvidenceQuery.Of(Alert(null, null, DropClass.Unknown))));

    [Fact]
    public void The_counters_of_a_drop_without_a_reason_are_those_of_its_function()
    {
        _machine.File("/proc/net/snmp", "Ip: OutNoRoutes\nIp: 7\n");

        Assert.Contains(_machine.Collect(EvidenceQuery.Of(Alert(null, "__ip_queue_xmit", DropClass.Ipv4))),
            item => item is { Subject: "Ip.OutNoRoutes", Value: "7" });
    }

    private static DropAlert Alert(string? reason, string? function, DropClass dropClass) => new(
        new DropSite
        {
            Reason = reason,
            ReasonSubsystem = reason is null
            ? null : KernelReasonTable.CoreSubsystem,
            Function = function,
            Class = dropClass
        },
        DateTimeOffset.UnixEpoch);
}
