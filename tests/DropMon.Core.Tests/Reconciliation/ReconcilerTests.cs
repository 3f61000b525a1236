using DropMon.Reasons;
using DropMon.Reconciliation;
using DropMon.Tests.Counters;

namespace DropMon.Tests.Reconciliation;

public sealed class ReconcilerTests
{
    private static readonly Reconciler Reconciler = new(DropKnowledge.Embedded);

    private static readonly DropSite BufferFull = Site("SOCKET_RCVBUFF", "__udp_enqueue_schedule_skb", DropClass.Udp, "RcvbufErrors");
    private static readonly DropSite BadChecksum = Site("UDP_CSUM", "udp_queue_rcv_one_skb", DropClass.Udp, "InCsumErrors");

    [Fact]
    public void A_counter_is_explained_by_reason_function_and_socket()
    {
        CounterReconciliation result = Single(
            "Udp.InErrors",
            CounterSamples.Snapshot(0, CounterSamples.Reading("Udp.InErrors", 0), CounterSamples.Socket(0, "slow")),
            CounterSamples.Snapshot(10, CounterSamples.Reading("Udp.InErrors", 120), CounterSamples.Socket(118, "slow")),
            [(BufferFull, 118), (BadChecksum, 2)]);
        Assert.Equal(
            "Udp.InErrors +120: RcvbufErrors 118 at __udp_enqueue_schedule_skb (socket udp 127.0.0.1:5000 of slow (42)), InCsumErrors 2 " +
            "at udp_queue_rcv_one_skb (socket udp 127.0.0.1:5000 of slow (42))",
            result.Text);
    }

    [Fact]
    public void What_all_drops_account_for_has_nothing_unexplained()
    {
        CounterReconciliation result = Single(
            "Udp.RcvbufErrors", Of("Udp.RcvbufErrors", 0), Of("Udp.RcvbufErrors", 118), [(BufferFull, 100), (BufferFull, 18)]);
        Assert.Equal((118, 0, UnseenCause.None, null), (result.ExplainedCount, result.Unexplained, result.Cause, result.WhyNot));
    }

    [Fact]
    public void What_hardware_dropped_is_named_as_that()
    {
        CounterReconciliation result = Single(
            "Device.rx_missed_errors", Of("Device.rx_missed_errors", 5), Of("Device.rx_missed_errors", 30), []);
        Assert.Equal((25, UnseenCause.Hardware), (result.Unexplained, result.Cause));
    }

    [Fact]
    public void Lost_alerts_are_the_first_suspicion()
    {
        CounterReconciliation result = Reconciler
            .Reconcile(Of("Udp.RcvbufErrors", 0), Of("Udp.RcvbufErrors", 10), [(BufferFull, 4)], new DropLedger { RingLost = 6 })
            .Single();
        Assert.Equal((6, UnseenCause.AlertsLost), (result.Unexplained, result.Cause));
    }

    [Fact]
    public void More_drops_than_the_counter_rose_are_a_surplus()
    {
        CounterReconciliation result = Single(
            "Udp.RcvbufErrors", Of("Udp.RcvbufErrors", 0), Of("Udp.RcvbufErrors", 10), [(BufferFull, 25)]);
        Assert.Equal((10, 0, 15), (result.ExplainedCount, result.Unexplained, result.Surplus));
    }

    [Fact]
    public void Drops_of_one_cause_too_many_to_add_up_are_a_surplus_and_leave_nothing_unexplained()
    {
        CounterReconciliation result = Single(
            "Udp.RcvbufErrors", Of("Udp.RcvbufErrors", 0), Of("Udp.RcvbufErrors", 10),
            [(BufferFull, long.MaxValue), (BufferFull, long.MaxValue)]);
        Assert.Equal((10, 0, long.MaxValue - 10), (result.ExplainedCount, result.Unexplained, result.Surplus));
    }

    [Fact]
    public void Drops_of_several_causes_too_many_to_add_up_are_a_surplus_and_leave_nothing_unexplained()
    {
        CounterReconciliation result = Single(
            "Udp.InErrors", Of("Udp.InErrors", 0), Of("Udp.InErrors", 10), [(BufferFull, long.MaxValue), (BadChecksum, long.MaxValue)]);
        Assert.Equal((10, 0, long.MaxValue - 10), (result.ExplainedCount, result.Unexplained, result.Surplus));
    }

    [Fact]
    public void Drops_that_may_raise_a_counter_explain_no_more_than_it_rose()
    {
        // Without a reason the function alone tells, and it raises different counters in different cases.
        DropSite site = Site(null, "udp_queue_rcv_one_skb", DropClass.Udp, null);
        CounterExplanation part = Assert.Single(
            Single("Udp.RcvbufErrors", Of("Udp.RcvbufErrors", 0), Of("Udp.RcvbufErrors", 7), [(site, 20)]).Explained);
        Assert.Equal((7, false), (part.Count, part.IsCertain));
    }

    [Fact]
    public void A_counter_that_means_no_drop_is_left_out() =>
        Assert.Empty(Reconciler.Reconcile(Of("Tcp.AttemptFails", 0), Of("Tcp.AttemptFails", 10), []));

    [Fact]
    public void A_counter_that_did_not_rise_is_left_out() =>
        Assert.Empty(Reconciler.Reconcile(Of("Udp.InErrors", 10), Of("Udp.InErrors", 10), [(BufferFull, 3)]));

    [Fact]
    public void Interfaces_are_not_counted_on_top_of_the_namespace()
    {
        static DropCounterSnapshot At(double seconds, long value) => CounterSamples.Snapshot(
            seconds, CounterSamples.Reading("Ip6.InDiscards", value),
            CounterSamples.Reading("Ip6.InDiscards", value) with { InterfaceName = "eth0" });
        Assert.Equal(8, Single("Ip6.InDiscards", At(0, 0), At(1, 8), []).Increase);
    }

    [Fact]
    public void A_count_that_each_interface_keeps_is_summed()
    {
        static DropCounterSnapshot At(double seconds, long value) => CounterSamples.Snapshot(
            seconds,
            CounterSamples.Reading("Device.tx_dropped", value) with { InterfaceName = "eth0" },
            CounterSamples.Reading("Device.tx_dropped", value) with { InterfaceName = "eth1" });
        Assert.Equal(16, Single("Device.tx_dropped", At(0, 0), At(1, 8), []).Increase);
    }

    [Fact]
    public void Drops_of_TCP_are_not_laid_to_a_socket_of_UDP()
    {
        CounterReconciliation result = Single(
            "TcpExt.TCPBacklogDrop",
            CounterSamples.Snapshot(0, CounterSamples.Reading("TcpExt.TCPBacklogDrop", 0), CounterSamples.Socket(0, "slow")),
            CounterSamples.Snapshot(1, CounterSamples.Reading("TcpExt.TCPBacklogDrop", 3), CounterSamples.Socket(3, "slow")),
            [(Site("SOCKET_BACKLOG", "tcp_add_backlog", DropClass.Tcp, "TCPBacklogDrop"), 3)]);
        Assert.Empty(Assert.Single(result.Explained).Sockets);
    }

    private static DropSite Site(string? reason, string function, DropClass dropClass, string? type) =>
        new() { Reason = reason, ReasonSubsystem = reason is null ? null : "core", Function = function, Class = dropClass, Type = type };

    private static DropCounterSnapshot Of(string name, long value) => CounterSamples.Snapshot(value, CounterSamples.Reading(name, value));

    private static CounterReconciliation Single(
        string name, DropCounterSnapshot before, DropCounterSnapshot after, IEnumerable<(DropSite Site, long Count)> drops) =>
        Assert.Single(Reconciler.Reconcile(before, after, drops), result => result.Name == name);
}
