using System.Text;
using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public class SymbolTextTests
{
    [Theory]
    [InlineData("__udp4_lib_rcv+0x9a2/0xbc0", "__udp4_lib_rcv", 0x9a2, null)]
    [InlineData("ip6_input_finish+0x1f/0x80 [ipv6]", "ip6_input_finish", 0x1f, "ipv6")]
    [InlineData("a_function_whose_name_is_very_very_long+", "a_function_whose_name_is_very_very_long", 0, null)]
    [InlineData("do_something_long+0x12/0x50 [openvswi", "do_something_long", 0x12, null)]
    [InlineData("cut_in_the_offset+0x1", "cut_in_the_offset", 1, null)]
    [InlineData("plain", "plain", 0, null)]
    public void What_is_whole_of_a_place_counts(string text, string function, int offset, string? module)
    {
        Assert.True(SymbolText.TryParse(Encoding.UTF8.GetBytes(text), out ResolvedSymbol symbol));
        Assert.Equal((function, (ulong)offset, module), (symbol.Function, symbol.Offset, symbol.Module));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0xffffffff81000000")]
    [InlineData("+0x1/0x2")]
    public void What_names_no_function_is_none(string text) => Assert.False(SymbolText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Damaged_places_raise_no_exception()
    {
        foreach (byte[] bytes in HostileBytes.Of("ip6_input_finish+0x1f/0x80 [ipv6]"u8.ToArray()))
        {
            if (SymbolText.TryParse(bytes, out ResolvedSymbol symbol))
            {
                Assert.DoesNotContain(symbol.Function, char.IsControl);
            }
        }
    }
}
