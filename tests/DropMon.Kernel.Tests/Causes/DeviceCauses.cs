using System.ComponentModel;
using DropMon.KernelTests.Native;
using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What virtual devices and tunnels drop, where the kernel gives no reason and the function alone explains it.</summary>
internal static class DeviceCauses
{
    private const ushort VlanType = 0x8100; // 802.1Q
    private const byte L2tpProtocol = 115; // IPPROTO_L2TP
    private const byte UnknownSession = 7;
    private const int SendRefused = 105; // ENOBUFS
    private const string NotSpecified = "NOT_SPECIFIED";

    private static readonly Version WithOwnTest = new(6, 0);
    private static readonly string[] KernelsOwnTest = ["napi_get_frags_check*", "netif_napi_add*"];

    // The table of local addresses is asked before that of the VRF: the address must be foreign to the namespace.
    private const string Unrouted = "192.0.2.1";

    public static IEnumerable<DropCause> All =>
    [
        new("a frame that is too big for the other end of a veth pair", DropClass.Device, "__dev_forward_skb*", "veth_xmit*",
            "dev_forward_skb*")
        {
            Reason = NotSpecified, Type = "rx_dropped", Counters = ["Device.rx_dropped"],
            Prepare = pair => pair.Receiver.Shell("ip link set b0 mtu 600"),
            Provoke = (pair, count) => Send(pair.Sender, "a0", count, Datagram(9, size: 800)),
        },
        new("a packet for which a VRF has no route", DropClass.Device, "vrf_xmit*")
        {
            Reason = NotSpecified, Type = "tx_dropped", Counters = ["Device.tx_dropped"],
            Missing = MissingDevice("v0 type vrf table 10"),
            Prepare = pair => pair.Receiver.Shell("ip link set v0 up"),
            Provoke = (pair, count) => Send(pair.Receiver, "v0", count, Datagram(9, destination: Unrouted), Unrouted),
        },
        new("a packet that a MACsec device has no key for", DropClass.Tunnel, "macsec_start_xmit*")
        {
            Reason = NotSpecified, Type = "tx_dropped", Counters = ["Device.tx_dropped"],
            Missing = MissingDevice("m0 link b0 type macsec encrypt on"),
            Prepare = pair => pair.Receiver.Shell("ip link set m0 up"),
            Provoke = (pair, count) => Send(pair.Receiver, "m0", count, Datagram(9)),
        },
        new("a packet of an L2TP session that does not exist", DropClass.Tunnel, "l2tp_ip_recv*")
        {
            Reason = NotSpecified,
            Missing = pair => pair.Receiver.TryShell("modprobe l2tp_ip") is (not 0, string said)
                ? $"This kernel has no L2TP over IP: {said}" : null,
            Provoke = (pair, count) => pair.Send(count,
                _ => Ethernet(Ipv4Type, Ipv4(L2tpProtocol, [0, 0, 0, UnknownSession, .. new byte[16]]))),
        },
        new("the kernel's own test of its allocation where a device is made", DropClass.Message, KernelsOwnTest)
        {
            Reason = NotSpecified, SeenSince = WithOwnTest, NeedsTracepoint = true, Significance = DropSignificance.Expected,
                Says = "no packet is lost",
            Missing = MissingDevice("t0 type vxlan id 7 local 10.77.0.2 dstport 4789"),
            Provoke = (pair, count) => Repeat(count,
                () => pair.Receiver.Shell("ip link del t0; ip link add t0 type vxlan id 7 local 10.77.0.2 dstport 4789")),
        },
        new("the kernel's own test of its allocation where an XDP program is attached", DropClass.Message, KernelsOwnTest)
        {
            Reason = NotSpecified, SeenSince = WithOwnTest, NeedsTracepoint = true, Significance = DropSignificance.Expected,
                Says = "no packet is lost",
            Provoke = (pair, count) => Repeat(count,
                () => pair.Receiver.Run(() => new XdpProgram("b0", XdpVerdict.Pass, isNative: true).Dispose())),
        },
        new("a frame that an XDP program on the stack drops", DropClass.Bpf, "do_xdp_generic*", "netif_receive_generic_xdp*",
            "bpf_prog_run_generic_xdp*", "__netif_receive_skb_core*")
        {
            Reason = NotSpecified, Says = "XDP",
            Prepare = pair => pair.Receiver.Run(() => pair.Receiver.Keep(new XdpProgram("b0", XdpVerdict.Drop, isNative: false))),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9)))),
        },
        new("a frame that an XDP program in a veth device drops", DropClass.Device, "veth_*")
        {
            Reason = NotSpecified, Says = "XDP program",
            Prepare = pair => pair.Receiver.Run(() => pair.Receiver.Keep(new XdpProgram("b0", XdpVerdict.Drop, isNative: true))),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9)))),
        },
        new("a tagged frame for a VLAN device that is down", DropClass.Device, "vlan_do_receive*")
        {
            Reason = NotSpecified, Says = "is down", Significance = DropSignificance.Loss,
            Missing = MissingDevice("link b0 name b0.7 type vlan id 7"),
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(VlanType, [0, 7, 8, 0, .. Ipv4(Udp, Datagram(9))])),
        },
        new("a packet that comes by the member of a bond that is not active", DropClass.Device, "__netif_receive_skb*",
            "netif_receive_skb*")
        {
            Reason = "UNHANDLED_PROTO", Type = "rx_nohandler", TypeNeedsReason = true, Says = "bond",
                Significance = DropSignificance.Expected,
                // rx_nohandler rises by twice as many: a bond counts what its members count (bond_get_stats).
                SignificanceWithoutReason = DropSignificance.Suspicious,
            Missing = MissingDevice("bond0 type bond mode active-backup"),
            Prepare = MakeBackup,
            Provoke = (pair, count) => pair.Send(count, _ => Ethernet(Ipv4Type, Ipv4(Udp, Datagram(9)))),
        },
    ];

    // c0 is the active member, b0 the other one.
    private static void MakeBackup(NamespacePair pair)
    {
        pair.Receiver.Shell("ip link add c0 type veth peer name c1; ip link set c1 up; ip link set c0 master bond0; ip link set bond0 up; "
            + "for i in $(seq 600); do if grep -q 'Currently Active Slave: c0' /proc/net/bonding/bond0; then break; fi; sleep 0.05; done; "
            + "ip link set b0 down; ip link set b0 master bond0; grep -q 'Currently Active Slave: c0' /proc/net/bonding/bond0");
        pair.WaitForCarrier();
    }

    private static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    }

    /// <summary>Makes the device, or says why this kernel has none of its kind.</summary>
    private static Func<NamespacePair, string?> MissingDevice(string device) => pair =>
        pair.Receiver.TryShell($"ip link add {device}") is (not 0, string said) ? $"This kernel makes no such device: {said}" : null;

    private static void Send(
        NetworkNamespace from, string device, int count, byte[] datagram, string destination = NamespacePair.ReceiverAddress) =>
            from.Run(() =>
    {
        using var frames = new FrameSocket(device);
        for (int i = 0; i < count; i++)
        {
            try
            {
                frames.Send(Ethernet(Ipv4Type, Ipv4(Udp, datagram, destination: destination)));
            }
            catch (Win32Exception error) when (error.NativeErrorCode == SendRefused)
            {
                // That is the drop: these devices report it to the sender.
            }
        }
    });
}
