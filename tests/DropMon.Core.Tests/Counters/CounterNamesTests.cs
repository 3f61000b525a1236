using DropMon.Counters;

namespace DropMon.Tests.Counters;

public sealed class CounterNamesTests
{
    private static readonly CounterNames Names = new(
        [
            CounterSamples.Counter("Udp.RcvbufErrors", 1),
            CounterSamples.Counter(CounterSamples.Reading("Device.rx_dropped", 0) with { InterfaceName = "eth0" })
        ],
        CounterKnowledge.Embedded);

    [Theory]
    [InlineData("Udp.RcvbufErrors")]
    [InlineData("udp.rcvbuferrors")]
    [InlineData("RcvbufErrors")]
    public void A_counter_that_was_read_is_there_with_its_group_and_without(string name) => Assert.Null(Names.FindFault(name));

    [Fact]
    public void A_misspelt_name_is_unknown_and_the_error_asks_what_was_meant()
    {
        CounterException error = Assert.IsType<CounterException>(Names.FindFault("Udp.RcvBufError"));
        Assert.Equal(
            ("CounterUnknown", DropMonErrorKind.NotFound, "Did you mean Udp.RcvbufErrors?"), (error.ErrorId, error.Kind, error.Remedy));
    }

    [Fact]
    public void A_name_that_DropMon_knows_and_this_machine_lacks_is_absent() =>
        Assert.Equal("CounterAbsent", Names.FindFault("Udp.NoPorts")?.ErrorId);

    [Fact]
    public void An_interface_is_there_when_a_counter_belongs_to_it()
    {
        Assert.Null(Names.FindInterfaceFault("eth0"));
        Assert.Equal("CounterInterfaceUnknown", Names.FindInterfaceFault("eth1")?.ErrorId);
    }
}
