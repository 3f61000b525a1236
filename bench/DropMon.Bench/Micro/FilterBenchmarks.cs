using BenchmarkDotNet.Attributes;
using DropMon.Filters;

namespace DropMon.Bench.Micro;

/// <summary>What a filter costs: once a site, and once a drop.</summary>
public class FilterBenchmarks
{
    private readonly DropSite _site = new()
    {
        Reason = "NO_SOCKET",
        Function = "__udp4_lib_rcv",
        Class = DropClass.Udp,
        Significance = DropSignificance.Expected
    };
    private readonly FilterMatcher _matcher = DropFilter.None
        .With(FilterField.Reason, "TCP_*", "NO_*").With(FilterField.Function, "*_rcv").With(FilterField.Class, "Udp")
        .With(FilterField.InterfaceName, "eth*").With(FilterField.Protocol, "UDP").Matcher;

    private byte[] _payload = [];

    [GlobalSetup]
    public void Prepare()
    {
        // Ethernet, IPv4, UDP.
        _payload = new byte[64];
        _payload[12] = 0x08;
        _payload[14] = 0x45;
        _payload[23] = 17;
    }

    [Benchmark(Description = "filter: a site")]
    public bool Site() => _matcher.MatchesSite(_site);

    [Benchmark(Description = "filter: a packet's interface")]
    public bool Interface() => _matcher.MatchesInterface("eth0");

    [Benchmark(Description = "filter: a packet's protocol")]
    public bool Protocol() => _matcher.MatchesPacket(0x0800, _payload);
}
