using DropMon.Evidence;
using DropMon.Reasons;

namespace DropMon.Tests.Evidence;

public class ReasonInquiryTests
{
    private readonly ReasonInquiry _inquiry = new(new DropReasonCatalog(DropKnowledge.Embedded), new EvidenceCollector([]));

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
    [InlineData("CHOCOLATE")]
    [InlineData("X")]
    [InlineData("_")]
    public void A_name_like_no_reason_is_an_error_that_tells_where_all_are_listed(string wrong) =>
        Assert.Contains("dropmon reasons", Assert.Throws<ReasonException>(() => _inquiry.Find(wrong)).Remedy, StringComparison.Ordinal);
}
