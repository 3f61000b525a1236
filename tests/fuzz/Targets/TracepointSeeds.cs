using System.Text;

namespace DropMon.Fuzz.Targets;

/// <summary>The description of skb:kfree_skb by kernels that lay it out differently.</summary>
internal static class TracepointSeeds
{
    public const string Linux510 = """
        name: kfree_skb
        ID: 1378
        format:
        	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
        	field:unsigned char common_flags;	offset:2;	size:1;	signed:0;
        	field:unsigned char common_preempt_count;	offset:3;	size:1;	signed:0;
        	field:int common_pid;	offset:4;	size:4;	signed:1;

        	field:void * skbaddr;	offset:8;	size:8;	signed:0;
        	field:void * location;	offset:16;	size:8;	signed:0;
        	field:unsigned short protocol;	offset:24;	size:2;	signed:0;

        print fmt: "skbaddr=%p protocol=%u location=%p", REC->skbaddr, REC->protocol, REC->location
        """;

    public const string Linux612 = """
        name: kfree_skb
        ID: 1812
        format:
        	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
        	field:unsigned char common_flags;	offset:2;	size:1;	signed:0;
        	field:unsigned char common_preempt_count;	offset:3;	size:1;	signed:0;
        	field:int common_pid;	offset:4;	size:4;	signed:1;

        	field:void * skbaddr;	offset:8;	size:8;	signed:0;
        	field:void * location;	offset:16;	size:8;	signed:0;
        	field:void * rx_sk;	offset:24;	size:8;	signed:0;
        	field:unsigned short protocol;	offset:32;	size:2;	signed:0;
        	field:enum skb_drop_reason reason;	offset:36;	size:4;	signed:0;

        print fmt: "skbaddr=%p rx_sk=%p protocol=%u location=%pS reason: %s", REC->skbaddr, REC->rx_sk, REC->protocol, REC->location, __print_symbolic(REC->reason, { 1, "CONSUMED" }, { 2, "NOT_SPECIFIED" }, { 3, "NO_SOCKET" }, { 0x10, "MAX" })
        """;

    public static IEnumerable<byte[]> Formats =>
        [Encoding.UTF8.GetBytes(Linux510), Encoding.UTF8.GetBytes(Linux612), .. GoldenSeeds.Named("kfree_skb.format")];
}
