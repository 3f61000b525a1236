using DropMon.Filters;
using DropMon.KernelTests.Causes;
using DropMon.KernelTests.Kernel;
using DropMon.KernelTests.Traffic;
using DropMon.Reasons;
using DropMon.Sessions;
using DropMon.Sources;
using DropMon.Sources.Ebpf;
using DropMon.Sources.Ebpf.Filtering;

namespace DropMon.KernelTests.Scenarios;

/// <summary>What the eBPF program rejects by itself: the same as the matcher would, and every one of them is counted.</summary>
public sealed class ProgramFilterScenarios(KernelUnderTest kernel)
{
    private const int Count = 200;
    private const int RingSize = 1 << 20;
    private const int Bytes = 128;

    private static readonly EbpfOptions Small = new() { RingSize = 65536, Bytes = Bytes };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Lazy<KernelKnowledge> Knowledge = new(() =>
    {
        KernelKnowledge knowledge = KernelKnowledge.OfThisMachine();
        knowledge.Symbols.TryResolve(1, out _);
        return knowledge;
    });

    // An emulated machine takes seconds to verify a program.
    private static int Filters => KernelUnderTest.IsOfTheRig ? 12 : 60;

    public static TheoryData<FilterField, string, string> Conditions => new()
    {
        { FilterField.Protocol, "UDP", "TCP" },
        { FilterField.Protocol, "IPv4", "IPv6" },
        { FilterField.InterfaceName, "lo", "lo0" },
        { FilterField.InterfaceName, "LO", "l" },
        { FilterField.Address, "127.0.0.0/8", "::1" },
        { FilterField.SourceAddress, "127.0.0.1", "127.0.0.2" },
        { FilterField.DestinationAddress, "0.0.0.0/0", "10.0.0.0/8" },
        { FilterField.Port, "1024-65535", "1-1023" },
        { FilterField.NetworkNamespace, "own", "1" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_drop_that_no_condition_wants_is_rejected_and_counted_and_no_other_is(FilterField field, string wanted, string other)
    {
        kernel.Require(KernelFeature.Ebpf);
        using var traffic = DropTraffic.Ipv4();
        Collection taken = Collection.Of(Options(DropFilter.None.With(field, Own(wanted))), traffic, Count);
        Collection rejected = Collection.OfStorm(Options(DropFilter.None.With(field, other)), traffic, Count);

        Assert.Equal(Count, taken.Count);
        Assert.Equal(0, rejected.Count);
        Assert.True(rejected.Status.Ledger.FilteredInKernel >= Count, rejected.Status.Ledger.ToString());
        Assert.Contains($"filtered in the kernel by {field}", rejected.Status.SourceSettings, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_seen_is_what_was_delivered_rejected_and_lost()
    {
        kernel.Require(KernelFeature.Ebpf);
        using var traffic = DropTraffic.Ipv4();
        using var other = DropTraffic.Ipv4();
        string port = $"{traffic.Port}";
        using DropMonitor outer = Start(DropFilter.None);
        using DropMonitor filtering = Start(DropFilter.None.With(FilterField.DestinationPort, port));
        using DropMonitor inner = Start(DropFilter.None);

        traffic.Send(Count);
        other.Send(Count);
        WaitFor(filtering, ledger => ledger.Received >= Count);
        WaitFor(filtering, ledger => ledger.FilteredInKernel >= Count);
        inner.Stop();
        filtering.Stop();
        outer.Stop();

        DropLedger ledger = filtering.GetLedger();
        long seen = ledger.Received + ledger.FilteredInKernel + ledger.TotalLost;
        Assert.Equal(ledger.Received, ledger.Delivered + ledger.Unread + ledger.FilteredOut);
        // Others on this machine drop packets too: those that the programs around this one saw bound what it saw.
        Assert.InRange(seen, Seen(inner), Seen(outer));
    }

    [Fact]
    public void The_verifier_accepts_the_program_of_every_filter()
    {
        kernel.Require(KernelFeature.Ebpf);
        var random = new RandomFilter(20261130, asksForReasons: true, ["net:[4026531840]", "net:[1]"]);
        var reasons = new KernelReasonTable(new Dictionary<uint, string>(), new DropMon.Kernel.Btf.KernelBtf());
        for (int i = 0; i < Filters; i++)
        {
            DropFilter filter = random.Next(values: 4);
            string? refusal = Record.Exception(() => new EbpfObjects(Small, new ProgramFilter(filter, reasons)).Dispose())?.Message;
            Assert.True(refusal is null, $"{filter}: {refusal}");
        }
    }

    [Fact]
    public void The_verifier_accepts_the_longest_filter()
    {
        kernel.Require(KernelFeature.Ebpf);
        var random = new RandomFilter(20261201, asksForReasons: true, ["net:[4026531840]"]);
        DropFilter filter = random.Longest();

        new EbpfObjects(Small, new ProgramFilter(filter, new KernelReasonTable(new Dictionary<uint, string>()))).Dispose();
    }

    [Fact]
    public void A_program_rejects_what_the_matcher_does_not_want_and_nothing_else()
    {
        kernel.Require(KernelFeature.Ebpf);
        using var pair = new NamespacePair();
        pair.AddIpv6();
        string[] namespaces = [pair.Sender.Run(NamespaceOf), pair.Receiver.Run(NamespaceOf)];
        var random = new RandomFilter(20261130, kernel.Has(KernelFeature.TracepointReasons), namespaces);
        DropFilter[] filters = [.. Enumerable.Range(0, Filters).Select(_ => random.Next(values: 3))];
        using DropMonitor all = Start(DropFilter.None.With(FilterField.NetworkNamespace, namespaces));
        DropMonitor[] programs = [.. filters.Select(Start)];
        try
        {
            DateTimeOffset start = DateTimeOffset.Now;
            int sent = FilterTraffic.Send(pair);
            WaitFor(all, ledger => ledger.Delivered + ledger.Unread >= sent);
            DateTimeOffset end = DateTimeOffset.Now;
            Array.ForEach(programs, program => program.Stop());
            all.Stop();

            // Before and after it, some of the programs watched alone.
            DropAlert[] drops = [.. TakeAll(all).Where(IsOwn)];
            Assert.True(drops.Length >= sent, $"{drops.Length} of {sent} were dropped.");
            for (int i = 0; i < filters.Length; i++)
            {
                string[] wanted = [.. drops.Where(filters[i].Matches).Select(Identity).Order()];
                string[] found = [.. TakeAll(programs[i]).Where(IsOwn).Select(Identity).Order()];
                Assert.True(wanted.SequenceEqual(found), $"{filters[i]}: {wanted.Length} wanted, {found.Length} found; missing "
                    + $"{string.Join("; ", wanted.Except(found))}; too many {string.Join("; ", found.Except(wanted))}");
            }

            Assert.True(programs.Count(program => program.GetLedger().FilteredInKernel >= sent / 2) > filters.Length / 4);

            bool IsOwn(DropAlert alert) => alert.Timestamp >= start && alert.Timestamp <= end
                && namespaces.Contains($"net:[{alert.NetworkNamespace}]");
        }
        finally
        {
            Array.ForEach(programs, program => program.Dispose());
        }
    }

    private static string Identity(DropAlert alert) =>
        $"{alert.Function} {alert.Reason} {alert.InterfaceName} {alert.ProcessName} {Convert.ToHexString(alert.Payload ?? [])}";

    private static string NamespaceOf() => new FileInfo("/proc/thread-self/ns/net").LinkTarget!;

    private static string Own(string value) => value == "own" ? NamespaceOf() : value;

    private static long Seen(DropMonitor monitor)
    {
        DropLedger ledger = monitor.GetLedger();
        return ledger.Received + ledger.FilteredInKernel + ledger.TotalLost;
    }

    private static DropAlert[] TakeAll(DropMonitor monitor)
    {
        var all = new List<DropAlert>();
        var batch = new DropAlert[1024];
        while (!monitor.IsDrained)
        {
            all.AddRange(batch[..monitor.Take(batch, TimeSpan.Zero)]);
        }

        return [.. all];
    }

    private static void WaitFor(DropMonitor monitor, Predicate<DropLedger> isReached) =>
        SpinWait.SpinUntil(() => isReached(monitor.GetLedger()), Patience);

    private static DropMonitorOptions Options(DropFilter filter) => new() { Source = "Ebpf", Filter = filter };

    private static DropMonitor Start(DropFilter filter)
    {
        DropMonitorOptions options = Options(filter) with { RingSize = RingSize, TruncationLength = Bytes };
        return DropMonitor.Start(options, new SourceSelector(SourceCatalog.Default).Open(options).Source, Knowledge.Value);
    }
}
