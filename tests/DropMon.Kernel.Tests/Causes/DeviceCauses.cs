using System.ComponentModel;
using DropMon.KernelTests.Native;
using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What virtual devices and tunnels drop, where the kernel gives no reason and the function alone explains it.</summary>
internal static class DeviceCauses
{
    private const byte L2tpProtocol = 115; // IPPROTO_L2TP
    private const byte UnknownSession = 7;
    private const int SendRefused = 105; // ENOBUFS
    private const string NotSpecified = "NOT_SPECIFIED";

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
    ];

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
