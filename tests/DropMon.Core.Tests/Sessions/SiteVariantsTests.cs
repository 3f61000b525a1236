using DropMon.Filters;
using DropMon.Reasons;
using DropMon.Sessions;
using DropMon.Sessions.Measurement;
using DropMon.Sources;
using DropMon.Tests.Reasons.Predicates;
using DropMon.Tests.Sources;

namespace DropMon.Tests.Sessions;

/// <summary>Causes that share a place are sites of their own, for alerts, filters and measurements.</summary>
public class SiteVariantsTests
{
    private static readonly byte[] ForAll = PredicatePackets.UdpFrame("239.1.1.1");
    private static readonly byte[] Spoilt = PredicatePackets.UdpFrame("10.1.1.2", spoil: packet => packet[30] ^= 0x55);

    private readonly FakeKnowledge _knowledge = new();

    [Fact]
    public void Drops_of_one_cause_share_a_site_and_those_of_another_have_another()
    {
        DropSiteTable table = Table();

        DropSite first = Find(table, ForAll).Site;
        DropSite other = Find(table, Spoilt).Site;

        Assert.Same(first, Find(table, ForAll).Site);
        Assert.Same(other, Find(table, Spoilt).Site);
        Assert.Equal(("IgnoredMulti", "InCsumErrors"), (first.Type, other.Type));
        Assert.Equal((first.Function, first.Offset), (other.Function, other.Offset));
    }

    [Theory]
    [InlineData(DropSignificance.Expected, true, false)]
    [InlineData(DropSignificance.Suspicious, false, true)]
    public void The_filter_judges_the_cause(DropSignificance wanted, bool wantsMulticast, bool wantsSpoilt)
    {
        FilterMatcher filter = DropFilter.None.With(FilterField.Significance, wanted.ToString()).Matcher;
        DropSiteTable table = Table();

        Assert.Equal(
            (wantsMulticast, wantsSpoilt), (filter.MatchesSite(Find(table, ForAll).Site), filter.MatchesSite(Find(table, Spoilt).Site)));
    }

    [Fact]
    public void Measuring_groups_by_the_cause()
    {
        // The session's thread sleeps: this one takes its place.
        using var source = new FakeSource();
        using var session = new DropSession(
            source, new KernelKnowledge(_knowledge, _knowledge, new DropClassifier(DropKnowledge.Embedded)));
        IMeasuringListener listener = session.Measure(DropFilter.None, new DropMeterOptions { By = [DropGroupKey.Significance] });
        source.WaitUntilDelivered();
        for (int i = 0; i < 30; i++)
        {
            RawDrop drop = Drop(i % 3 == 0 ? Spoilt : ForAll);
            session.Dispatcher.Consume(in drop);
        }

        IReadOnlyList<DropMeasurement> groups = listener.Read();

        Assert.Equal(
            [(DropSignificance.Expected, 20L), (DropSignificance.Suspicious, 10L)],
            groups.Select(group => (group.Significance!.Value, group.Count)));
    }

    [Fact]
    public void Telling_causes_apart_allocates_nothing_for_a_drop()
    {
        DropSiteTable table = Table();
        Find(table, ForAll);
        Find(table, Spoilt);

        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Find(table, i % 2 == 0 ? ForAll : Spoilt);
            }
        }));
    }

    [Fact]
    public void The_running_kernel_s_reasons_decide_where_no_bytes_came()
    {
        var reasons = new KernelReasonTable(new Dictionary<uint, string> { [2] = "NOT_SPECIFIED", [6] = "UDP_CSUM" });
        var table = new DropSiteTable(_knowledge, _knowledge, new DropClassifier(DropKnowledge.Embedded), reasons);
        var drop = new RawDrop { Symbol = "udp_rcv+0x10/0x20"u8, HasReasonNumber = true, ReasonNumber = 2 };

        Assert.Equal(("IgnoredMulti", DropSignificance.Expected), (table.Find(in drop).Site.Type, table.Find(in drop).Site.Significance));
    }

    private DropSiteTable Table() => new(_knowledge, _knowledge, new DropClassifier(DropKnowledge.Embedded), null);

    private static RawDrop Drop(byte[] bytes) =>
        new()
        {
            Symbol = "__udp4_lib_rcv+0x10/0x20"u8,
            Payload = bytes,
            OriginalLength = bytes.Length,
            HasEtherType = true,
            EtherType = 0x0800,
            Count = 1
        };

    private static NumberedSite Find(DropSiteTable table, byte[] bytes)
    {
        RawDrop drop = Drop(bytes);
        return table.Find(in drop);
    }
}
