using DropMon.KernelTests.Native;

namespace DropMon.KernelTests.Causes;

/// <summary>
/// Two network namespaces with a cable between: frames leave <see cref="Sender"/> by a0 and reach <see cref="Receiver"/> by b0. Neither
/// asks for the other's hardware address, and neither says anything of its own accord, so that what is counted is what the test does.
/// </summary>
internal sealed class NamespacePair : IDisposable
{
    public const string SenderAddress = "10.77.0.1";
    public const string ReceiverAddress = "10.77.0.2";
    public const string SenderAddress6 = "fd77::1";
    public const string ReceiverAddress6 = "fd77::2";

    private readonly FrameSocket _frames;

    public NamespacePair()
    {
        const string Quiet = "sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1; ip link set lo up; ";
        Sender.Shell(Quiet);
        Receiver.Shell(Quiet);
        Sender.Shell(
            $"ip link add a0 address 02:00:00:00:00:0a type veth peer name b0 address 02:00:00:00:00:0b netns {Receiver.Path}; " +
            $"ip addr add {SenderAddress}/24 dev a0; ip link set a0 arp off up; ip neigh replace {ReceiverAddress} lladdr "
                + "02:00:00:00:00:0b dev a0 nud permanent");
        Receiver.Shell(
            $"ip addr add {ReceiverAddress}/24 dev b0; ip link set b0 up; ip neigh replace {SenderAddress} lladdr 02:00:00:00:00:0a dev "
                + "b0 nud permanent");
        WaitForCarrier();
        _frames = Sender.Run(() => new FrameSocket("a0"));
    }

    public NetworkNamespace Sender { get; } = new();

    public NetworkNamespace Receiver { get; } = new();

    /// <summary>Waits until the sender's queue leads to the cable: until the kernel has seen the carrier, it drops what is sent.</summary>
    public void WaitForCarrier() => Sender.Shell(
        "for i in $(seq 600); do if ip link show a0 | grep -q 'state UP'; then exit 0; fi; sleep 0.05; done; exit 1");

    /// <summary>Gives the receiver an IPv6 address. A worker of the kernel enters it among the local ones, in its own time.</summary>
    public void AddIpv6() => Receiver.Shell(
        "sysctl -qw net.ipv6.conf.b0.accept_ra=0 net.ipv6.conf.b0.router_solicitations=0 net.ipv6.conf.b0.addr_gen_mode=1 "
            + "net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.b0.disable_ipv6=0; " +
        $"ip addr add {ReceiverAddress6}/64 dev b0 nodad; ip neigh replace {SenderAddress6} lladdr 02:00:00:00:00:0a dev b0 nud permanent; "
            + $"for i in $(seq 600); do if ip -6 route show table local | grep -q '^local {ReceiverAddress6} '; then exit 0; fi; "
            + "sleep 0.05; done; exit 1");

    /// <summary>Makes the receiver forward packets, to a network 10.88.0.0/24 behind another cable, both of whose ends it holds.</summary>
    public void AddRoutedNetwork(int mtu = 1500) => Receiver.Shell(
        "ip link add c0 type veth peer name c1; " +
        $"ip link set c0 mtu {mtu} up; ip link set c1 up; ip addr add 10.88.0.1/24 dev c0; ip neigh replace 10.88.0.9 lladdr "
            + "02:00:00:00:00:0c dev c0 nud permanent; " +
        "sysctl -qw net.ipv4.ip_forward=1");

    /// <summary>Sends a frame over the cable.</summary>
    public void Send(byte[] frame) => Sender.Run(() => _frames.Send(frame));

    /// <summary>Sends a number of frames, each made for its number.</summary>
    public void Send(int count, Func<int, byte[]> frame) => Sender.Run(() =>
    {
        for (int i = 0; i < count; i++)
        {
            _frames.Send(frame(i));
        }
    });

    /// <summary>The value of one of the receiver's counters, summed over what it belongs to.</summary>
    public long Value(string counter) => Receiver.Run(
        () => DropCounterSnapshot.Read().Counters.Where(found => found.Name == counter).Sum(found => found.Value));

    public void Dispose()
    {
        _frames.Dispose();
        Sender.Dispose();
        Receiver.Dispose();
    }
}
