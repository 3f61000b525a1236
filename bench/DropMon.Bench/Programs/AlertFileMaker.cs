using DropMon.Files;

namespace DropMon.Bench.Programs;

/// <summary>Writes a file of alerts as a machine would that drops at several places for several reasons.</summary>
internal static class AlertFileMaker
{
    private const int PacketSize = 106; // a datagram of 64 bytes with its headers
    private static readonly (string Function, string Reason, DropClass Class)[] Places =
    [
        ("__udp4_lib_rcv", "NO_SOCKET", DropClass.Udp),
        ("tcp_v4_rcv", "NO_SOCKET", DropClass.Tcp),
        ("tcp_data_queue", "TCP_OFOMERGE", DropClass.Tcp),
        ("udp_queue_rcv_one_skb", "SOCKET_RCVBUFF", DropClass.Udp),
        ("nf_hook_slow", "NETFILTER_DROP", DropClass.Netfilter),
        ("ip_rcv_finish_core", "IP_RPFILTER", DropClass.Ipv4),
        ("__dev_queue_xmit", "QDISC_DROP", DropClass.Qdisc),
        ("neigh_destroy", "NEIGH_FAILED", DropClass.Neighbour),
    ];

    public static void Write(string path, int count)
    {
        DropSite[] sites = Array.ConvertAll(Places, place => new DropSite
        {
            Address = 0xffffffff81000000 + (ulong)place.Function.Length * 4096,
            Function = place.Function,
            Offset = 0x9a2,
            Reason = place.Reason,
            ReasonSubsystem = "core",
            Class = place.Class,
            Type = place.Reason,
            Significance = DropSignificance.Loss,
            Explanation = "What happened, in a sentence of a usual length, for whoever reads the file.",
        });
        var random = new Random(1);
        byte[] packet = new byte[PacketSize];
        packet[12] = 8; // IPv4
        packet[14] = 0x45;
        DateTimeOffset time = DateTimeOffset.UnixEpoch.AddYears(50);
        using AlertWriter writer = AlertFile.OpenWrite(path);
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(packet.AsSpan(34));
            writer.Write(new DropAlert(sites[random.Next(sites.Length)], time.AddMicroseconds(i * 5))
            {
                InterfaceIndex = 2,
                InterfaceName = "eth0",
                EtherType = 0x800,
                Payload = packet,
                OriginalLength = packet.Length,
                Source = "NetDm",
            });
        }
    }
}
