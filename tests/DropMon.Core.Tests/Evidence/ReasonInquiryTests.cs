using DropMon.Evidence;
using DropMon.Reasons;
using DropMon.Tests.Machine;
using DropMon.Text;

namespace DropMon.Tests.Evidence;

public class ReasonInquiryTests
{
    private readonly ReasonInquiry _inquiry = new(
        new DropReasonCatalog(DropKnowledge.Embedded),
            new EvidenceCollector(new FakeMachine(), DropKnowledge.Embedded, [], new FakeMachine()));

    [Theory]
    [InlineData("NO_SOKET", "NO_SOCKET")]
    [InlineData("nosocket", "NO_SOCKET")]
    [InlineData("QDISK_DROP", "QDISC_DROP")]
    [InlineData("NETFILTER", "NETFILTER_DROP")]
    public void A_reason_that_nobody_knows_is_an_error_that_names_the_most_similar_first(string wrong, string meant)
    {
        ReasonException error = Assert.Throws<ReasonException>(() => _inquiry.Find(wrong));

        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Did you mean {meant}", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nf_hook_slow", "nf_hook_slow", DropClass.Netfilter)]
    [InlineData("nf_hook_slow+0xa5/0xc0", "nf_hook_slow", DropClass.Netfilter)]
    [InlineData("udp_queue_rcv_one_skb.isra.0", "udp_queue_rcv_one_skb.isra.0", DropClass.Udp)]
    [InlineData("source_mac_is_multicast", "source_mac_is_multicast", DropClass.Bridge)]
    public void A_function_or_a_trap_is_explained_as_a_reason_is(string asked, string name, DropClass dropClass)
    {
        DropReasonInfo place = Assert.Single(_inquiry.Find(asked));

        Assert.Equal((name, dropClass), (place.Name, place.Class));
        Assert.NotNull(place.Meaning);
    }

    [Fact]
    public void A_drop_without_a_reason_is_explained_by_its_function()
    {
        DropReasonInfo place = _inquiry.Find(Alert(null, "nf_hook_slow"));

        Assert.Equal(("nf_hook_slow", "function"), (place.Name, place.Subsystem));
        Assert.NotNull(place.Meaning);
    }

    [Fact]
    public void A_drop_whose_reason_says_nothing_keeps_its_name_and_is_explained_by_its_function()
    {
        DropReasonInfo place = _inquiry.Find(Alert("NOT_SPECIFIED", "nf_hook_slow"));

        Assert.Equal(("NOT_SPECIFIED", "core"), (place.Name, place.Subsystem));
        Assert.Equal(_inquiry.Find("nf_hook_slow")[0].SourceReference, place.SourceReference);
    }

    [Theory]
    [InlineData("REASON_OF_TOMORROW", "nf_hook_slow")]
    [InlineData(null, "function_of_tomorrow")]
    public void What_DropMon_does_not_know_is_an_answer_and_no_error(string? reason, string function) =>
        Assert.Equal(reason ?? function, _inquiry.Find(Alert(reason, function)).Name);

    [Fact]
    public void A_drop_with_neither_reason_nor_function_is_an_error_that_says_what_helps() =>
        Assert.Contains("CAP_SYSLOG", Assert.Throws<ReasonException>(() => _inquiry.Find(Alert(null, null))).Remedy,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("CHOCOLATE")]
    [InlineData("X")]
    [InlineData("_")]
    public void A_name_like_no_reason_is_an_error_that_tells_where_all_are_listed(string wrong) =>
        Assert.Contains($"{CommandId.Reasons}", Assert.Throws<ReasonException>(() => _inquiry.Find(wrong)).Remedy,
            StringComparison.Ordinal);

    private static DropAlert Alert(string? reason, string? function) =>
        new(new DropSite { Reason = reason, Function = function }, DateTimeOffset.UnixEpoch);
}
