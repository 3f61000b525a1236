using DropMon.Reasons;

namespace DropMon.Tests.Reasons;

public class FunctionMapTests
{
    [Fact]
    public void An_exact_name_goes_before_a_pattern_added_earlier()
    {
        var map = new FunctionMap<string>();
        map.Add("tcp_*", "pattern");
        map.Add("tcp_v4_rcv", "exact");

        Assert.True(map.TryFind("tcp_v4_rcv", out string found));
        Assert.Equal("exact", found);
    }

    [Fact]
    public void Of_two_patterns_the_first_added_wins()
    {
        var map = new FunctionMap<string>();
        map.Add("udpv6_*", "first");
        map.Add("udp*", "second");

        Assert.True(map.TryFind("udpv6_rcv", out string found));
        Assert.Equal("first", found);
    }

    [Fact]
    public void Compiler_suffixes_do_not_hide_a_function()
    {
        var map = new FunctionMap<string>();
        map.Add("ip_rcv_core", "core");

        Assert.True(map.TryFind("ip_rcv_core.isra.0.cold", out string found));
        Assert.Equal("core", found);
    }

    [Fact]
    public void A_function_that_nothing_matches_is_not_found()
    {
        var map = new FunctionMap<string>();
        map.Add("tcp_*", "tcp");

        Assert.False(map.TryFind("xtcp_rcv", out _));
    }

    [Fact]
    public void A_name_listed_twice_is_refused()
    {
        var map = new FunctionMap<string>();
        map.Add("ip_rcv", "one");

        Assert.Throws<ArgumentException>(() => map.Add("ip_rcv", "two"));
    }
}
