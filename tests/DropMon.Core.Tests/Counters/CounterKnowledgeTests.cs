using System.Text;
using DropMon.Counters;
using DropMon.Reasons;

namespace DropMon.Tests.Counters;

public sealed class CounterKnowledgeTests
{
    public static TheoryData<string> Kernels => [.. GoldenMachine.Kernels];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_counter_of_a_kernel_is_known(string kernel)
    {
        IEnumerable<string> unknown = GoldenMachine.Sources(kernel).SelectMany(source => source.Read())
            .Select(reading => CounterKnowledge.Embedded.Describe(reading.Counter))
            .Where(description => description.Implies == DropImplication.Unknown)
            .Select(description => description.Name);
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_counter_that_a_drop_raises_is_known()
    {
        IEnumerable<CounterName> unknown = CounterKnowledge.Embedded.Map.Counters
            .Where(counter => CounterKnowledge.Embedded.Describe(counter).Implies == DropImplication.Unknown);
        Assert.Empty(unknown);
    }

    [Fact]
    public void A_counter_that_each_drop_of_a_kind_raises_may_mean_a_drop()
    {
        IEnumerable<CounterName> never = CounterKnowledge.Embedded.Map.Counters
            .Where(counter => CounterKnowledge.Embedded.Map.FindRaisers(counter).Any(raiser => raiser.Always))
            .Where(counter => CounterKnowledge.Embedded.Describe(counter).Implies == DropImplication.Never);
        Assert.Empty(never);
    }

    [Fact]
    public void Whatever_is_not_always_a_drop_says_why() =>
        Assert.DoesNotContain(
            CounterKnowledge.Embedded.All, counter => counter.Implies != DropImplication.Always && string.IsNullOrEmpty(counter.Caveat));

    [Theory]
    [InlineData("rx_frame_errors", "wireguard", "AllowedIPs")]
    [InlineData("rx_frame_errors", "vxlan", "Not a damaged cable")]
    [InlineData("rx_crc_errors", "gre", "checksum")]
    [InlineData("tx_dropped", "veth", "other end")]
    [InlineData("rx_errors", "dummy", "virtual device")]
    [InlineData("collisions", "ipip", "leads back into the tunnel")]
    public void A_virtual_device_counts_something_else_than_an_adapter(string counter, string kind, string says)
    {
        CounterDescription description = CounterKnowledge.Embedded.Describe(new CounterName("Device", counter));

        Assert.Contains(says, description.MeaningOn(kind), StringComparison.Ordinal);
        Assert.NotEqual(description.MeaningOn(null), description.MeaningOn(kind));
    }

    [Fact]
    public void Of_no_virtual_device_the_wire_is_blamed() => Assert.All(
        CounterKnowledge.Embedded.All
            .Where(counter => counter.Counter.Group == "Device")
            .SelectMany(counter => new[] { "veth", "wireguard", "vxlan", "tun", "macvlan", "xfrm", "gre", "dummy", "ifb" }
            .Select(kind => counter.MeaningOn(kind)!)),
        meaning => Assert.DoesNotMatch("damaged on the wire|of the adapter|duplex", meaning));

    [Fact]
    public void What_it_means_on_a_virtual_device_is_a_sentence() => Assert.All(
        CounterKnowledge.Embedded.All.SelectMany(counter => counter.VirtualMeanings.Values), meaning =>
            Assert.True(char.IsUpper(meaning[0]) && meaning[^1] == '.', meaning));

    [Fact]
    public void Every_meaning_is_a_sentence() =>
        Assert.DoesNotContain(
            CounterKnowledge.Embedded.All, counter =>
                counter.Meaning is not { } meaning || !char.IsUpper(meaning[0]) || meaning[^1] != '.');

    [Theory]
    [InlineData("Tcp.AttemptFails", DropImplication.Never)]
    [InlineData("Ip.InReceives", DropImplication.Never)]
    [InlineData("Udp.RcvbufErrors", DropImplication.Always)]
    [InlineData("Ip.OutNoRoutes", DropImplication.Sometimes)]
    [InlineData("Ip6.InOctets", DropImplication.Never)]
    [InlineData("Ethtool.rx_queue_0_drops", DropImplication.Sometimes)]
    public void It_tells_which_counters_mean_a_drop(string counter, DropImplication expected) =>
        Assert.Equal(expected, CounterKnowledge.Embedded.Describe(CounterName.Parse(counter)).Implies);

    [Fact]
    public void A_counter_knows_the_reasons_that_raise_it() =>
        Assert.Contains("SOCKET_RCVBUFF", CounterKnowledge.Embedded.Describe(new CounterName("Udp", "RcvbufErrors")).Reasons);

    [Fact]
    public void A_counter_of_a_newer_kernel_keeps_its_name_and_the_class_of_its_group()
    {
        CounterDescription description = CounterKnowledge.Embedded.Describe(new CounterName("TcpExt", "TCPFromTheFuture"));
        Assert.Equal(
            ("TcpExt.TCPFromTheFuture", DropClass.Tcp, DropImplication.Unknown),
            (description.Name, description.Class, description.Implies));
    }

    [Fact]
    public void A_file_with_a_caveat_missing_is_refused() =>
        Assert.Throws<FormatException>(() => CounterKnowledge.Parse(
            Encoding.UTF8.GetBytes("""{"sections":[{"groups":["X"],"class":"Udp","counters":{"y":{"drop":"Never","meaning":"Z."}}}]}"""),
            DropKnowledge.Embedded));
}
