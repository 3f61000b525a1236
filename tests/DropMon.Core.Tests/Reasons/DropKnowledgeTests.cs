using System.Text;
using System.Text.Json;
using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class DropKnowledgeTests
{
    [Fact]
    public void A_reason_is_found_by_subsystem_and_name()
    {
        ReasonEntry? entry = DropKnowledge.Embedded.FindReason("core", "IP_RPFILTER");

        Assert.NotNull(entry);
        Assert.Equal(DropClass.Ipv4, entry.Class);
        Assert.Equal(new CounterName("TcpExt", "IPReversePathFilter"), entry.Counters[0]);
    }

    [Fact]
    public void A_reason_of_another_subsystem_is_not_mistaken_for_a_core_one()
    {
        Assert.Null(DropKnowledge.Embedded.FindReason("openvswitch", "NO_SOCKET"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"reasons":{}}""")]
    [InlineData("""{"reasons":[{"subsystem":"core"}]}""")]
    [InlineData("""{"surprise":[{}]}""")]
    [InlineData("""{"traps":[{"group":"l2_drops"}]}""")]
    public void A_file_of_another_form_is_refused(string json)
    {
        Assert.ThrowsAny<JsonException>(() => DropKnowledge.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void A_reason_listed_twice_is_refused()
    {
        const string Reason = """{"name":"X","subsystem":"core"}""";

        Assert.Throws<ArgumentException>(() => DropKnowledge.Parse(Encoding.UTF8.GetBytes($$"""{"reasons":[{{Reason}},{{Reason}}]}""")));
    }
}
