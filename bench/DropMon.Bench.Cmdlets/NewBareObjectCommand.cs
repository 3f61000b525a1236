using System.Management.Automation;

namespace DropMon.Bench.Cmdlets;

/// <summary>Emits bare objects, as evenly spread over functions and reasons as the alerts of the benchmark's file.</summary>
[Cmdlet(VerbsCommon.New, "BareObject")]
[OutputType(typeof(BareObject))]
public sealed class NewBareObjectCommand : Cmdlet
{
    private static readonly string[] Functions = [
        "__udp4_lib_rcv", "tcp_v4_rcv", "tcp_data_queue", "udp_queue_rcv_one_skb", "nf_hook_slow", "ip_rcv_finish_core", "__dev_queue_xmit",
            "neigh_destroy"];
    private static readonly string[] Reasons = [
        "NO_SOCKET", "NO_SOCKET", "TCP_OFOMERGE", "SOCKET_RCVBUFF", "NETFILTER_DROP", "IP_RPFILTER", "QDISC_DROP", "NEIGH_FAILED"];

    /// <summary>How many.</summary>
    [Parameter(Mandatory = true)]
    public int Count { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (int i = 0; i < Count; i++)
        {
            WriteObject(new BareObject(Functions[i % Functions.Length], Reasons[i % Reasons.Length]));
        }
    }
}
