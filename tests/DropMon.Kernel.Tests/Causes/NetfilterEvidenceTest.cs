using System.Globalization;
using DropMon.Evidence;
using DropMon.KernelTests.Kernel;
using static DropMon.KernelTests.Causes.Frames;

namespace DropMon.KernelTests.Causes;

/// <summary>What scenarios of evidence about netfilter share: rules in a namespace, packets that meet them, and what is found.</summary>
public abstract class NetfilterEvidenceTest(KernelUnderTest kernel)
{
    private protected const int Count = 5;
    private protected const int Port = 4242;
    private protected const ushort QueueNumber = 7;
    private protected const string Base = "type filter hook input priority 0;";

    private protected static readonly EvidenceQuery Dropped = new() { Reason = "NETFILTER_DROP", Function = "nf_hook_slow" };
    private protected static readonly EvidenceQuery NotQueued = new() { Function = "nf_queue", Class = DropClass.Netfilter };
    private protected static readonly EvidenceQuery CameBack = new() { Function = "nf_reinject", Class = DropClass.Netfilter };

    public static TheoryData<bool> Families => [false, true];

    protected KernelUnderTest Kernel => kernel;

    private protected static NamespacePair Pair(bool isIpv6)
    {
        var pair = new NamespacePair();
        if (isIpv6)
        {
            pair.AddIpv6();
        }

        return pair;
    }

    private protected static void Rules(NamespacePair pair, string rules) => pair.Receiver.Shell($"nft '{rules}'");

    private protected void Iptables(NamespacePair pair, string variant, bool isIpv6, string arguments)
    {
        (int code, string said) = pair.Receiver.TryShell($"{(isIpv6 ? "ip6tables" : "iptables")}-{variant} {arguments}");

        // The tables of iptables-legacy are a kernel's choice; newer ones are built without.
        Assert.SkipWhen(code != 0 && variant == "legacy" && said.Contains("Table does not exist", StringComparison.Ordinal),
            "This kernel has no tables of iptables-legacy.");
        Assert.True(code == 0, said);
    }

    private protected void Queue(NamespacePair pair, string variant, bool isIpv6)
    {
        if (variant != "nftables")
        {
            Iptables(pair, variant, isIpv6, $"-A INPUT -p udp --dport {Port} -j NFQUEUE --queue-num {QueueNumber}");
            return;
        }

        (int code, string said) = pair.Receiver.TryShell(
            $"nft 'table inet t {{ chain c {{ {Base} udp dport {Port} counter queue num {QueueNumber}; }}; }}'");
        Assert.SkipWhen(code != 0 && !kernel.IsQuiet && said.Contains("No such file or directory", StringComparison.Ordinal),
            "This kernel has no queues of nftables.");
        Assert.True(code == 0, said);
    }

    private protected static void Provoke(NamespacePair pair, bool isIpv6, Func<int, int> port)
    {
        long before = Received(pair, isIpv6);
        pair.Send(Count, number => isIpv6
            ? Ethernet(Ipv6Type, Ipv6(Udp, Datagram(
                port(number), source: NamespacePair.SenderAddress6, destination: NamespacePair.ReceiverAddress6)))
            : Ethernet(Ipv4Type, Ipv4(Udp, Datagram(port(number)))));

        // A busy machine leaves the receiving to a thread of its own, and that counts packets before it asks netfilter. A frame without a
        // header, counted and never asked about, comes behind them.
        WaitFor(pair, isIpv6, before + Count);
        pair.Send(Ethernet(isIpv6 ? Ipv6Type : Ipv4Type, new byte[46]));
        WaitFor(pair, isIpv6, before + Count + 1);
    }

    private static void WaitFor(NamespacePair pair, bool isIpv6, long count) => Assert.True(
        SpinWait.SpinUntil(() => Received(pair, isIpv6) >= count, TimeSpan.FromSeconds(30)), $"InReceives did not rise to {count}");

    private protected static long Received(NamespacePair pair, bool isIpv6) => pair.Receiver.Run(() => isIpv6
        ? long.Parse(File.ReadLines("/proc/thread-self/net/snmp6")
            .First(line => line.StartsWith("Ip6InReceives", StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture)
        : long.Parse(File.ReadLines("/proc/thread-self/net/snmp").Where(line => line.StartsWith("Ip:", StringComparison.Ordinal)).Last()
            .Split(' ')[3], CultureInfo.InvariantCulture));

    private protected static DropEvidence[] Collect(NamespacePair pair, EvidenceQuery query, bool isIpv6, Action? then = null) =>
        Collect(pair, query, () =>
    {
        Provoke(pair, isIpv6, _ => Port);
        then?.Invoke();
    });

    private protected static DropEvidence[] Collect(NamespacePair pair, EvidenceQuery query, Action? meanwhile = null) =>
        pair.Receiver.Run(() => EvidenceCollector.Create(new ThreadMachine(), clock: new TrafficClock(meanwhile))
            .Collect(query, TestContext.Current.CancellationToken).ToArray());

    private protected static DropEvidence Confirmed(DropEvidence[] found, string subject, string finding)
    {
        DropEvidence confirmed = Assert.Single(found, item => item.Verdict == EvidenceVerdict.Confirms);
        Assert.Contains(subject, confirmed.Subject, StringComparison.Ordinal);
        Assert.Contains(finding, confirmed.Finding, StringComparison.Ordinal);
        return confirmed;
    }
}
