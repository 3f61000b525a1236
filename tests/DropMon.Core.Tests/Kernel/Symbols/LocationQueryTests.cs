using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public class LocationQueryTests
{
    [Theory]
    [InlineData("0xffffffff81c0d9a2", 0xffffffff81c0d9a2)]
    [InlineData("  0XFFFFFFFF81C0D9A2 ", 0xffffffff81c0d9a2)]
    [InlineData("ffffffff81c0d9a2", 0xffffffff81c0d9a2)]
    [InlineData("18446744071591483810", 0xffffffff81c0d9a2)]
    [InlineData("-2117019230", 0xffffffff81d0d9a2)]
    [InlineData("kfree_skb: skbaddr=00000000deadbeef protocol=2048 location=0xffffffff81c0d9a2 reason: NO_SOCKET", 0xffffffff81c0d9a2)]
    public void An_address_is_found(string text, ulong expected)
    {
        LocationQuery? query = LocationQuery.Parse(text);

        Assert.Equal(expected, query?.Address);
    }

    [Theory]
    [InlineData("__udp4_lib_rcv+0x9a2/0xa10 [ipv6]", "__udp4_lib_rcv", 0x9a2, 0xa10, "ipv6")]
    [InlineData("__udp4_lib_rcv+0x9a2", "__udp4_lib_rcv", 0x9a2, null, null)]
    [InlineData("udp_rcv", "udp_rcv", 0, null, null)]
    [InlineData("nft_do_chain.isra.0+0x10/0x20", "nft_do_chain.isra.0", 0x10, 0x20, null)]
    [InlineData("nf_tables:nft_do_chain+16", "nft_do_chain", 16, null, "nf_tables")]
    [InlineData("3 drops at unix_stream_connect+7bb (0xffffffff9c3d1f0b) [software]", "unix_stream_connect", 0x7bb, null, null)]
    [InlineData("4 drops at icmp_rcv+177 (0xffffffff9c3d1f0b)", "icmp_rcv", 0x177, null, null)]
    [InlineData("    icmp_rcv+375", "icmp_rcv", 375, null, null)]
    [InlineData("  10.3 dropped in tcp_v4_rcv+0x2c/0x1230 [ip_tables] by swapper", "tcp_v4_rcv", 0x2c, 0x1230, "ip_tables")]
    public void A_function_and_its_offset_are_found(string text, string function, int offset, int? size, string? module)
    {
        LocationQuery? query = LocationQuery.Parse(text);

        Assert.Equal((function, (ulong)offset, (ulong?)size, module), (query?.Function, query?.Offset ?? 0, query?.Size, query?.Module));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no place at all")]
    [InlineData("+0x12")]
    [InlineData("0xnothing")]
    [InlineData("udp_rcv+0x11111111111111111")]
    public void Anything_else_is_no_place(string text) => Assert.Null(LocationQuery.Parse(text));
}
