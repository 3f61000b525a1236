using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public sealed class LocationTextTests
{
    [Fact]
    public void A_function_with_offset_module_and_line_reads_as_the_kernel_writes_it() =>
        Assert.Equal(
            "br_handle_frame+0x1f [bridge] (net/bridge/br_input.c:412)",
            LocationText.Format(1, "br_handle_frame", 0x1f, "bridge", "net/bridge/br_input.c", 412));

    [Fact]
    public void An_address_without_a_symbol_is_shown_as_a_number() =>
        Assert.Equal("0xffffffff81000010", LocationText.Format(0xffffffff81000010, null, 0, null, null, null));

    [Theory]
    [InlineData("br_handle_frame+0x1f [bridge] (net/bridge/br_input.c:412)")]
    [InlineData("ip_rcv+0x10")]
    [InlineData("ip_rcv (net/ipv4/ip_input.c:12)")]
    [InlineData("ip_rcv (net/ipv4/ip_input.c)")]
    [InlineData("0xffffffff81000010")]
    [InlineData("0xffffffffc0000010 [bridge]")]
    [InlineData("")]
    [InlineData("+0x")]
    [InlineData("no place at all")]
    [InlineData("0xnothing")]
    public void What_was_written_reads_back(string text) => Assert.Equal(text, LocationText.Parse(text).ToString());

    [Fact]
    public void The_parts_of_a_text_are_found() =>
        Assert.Equal(
            new StackFrame(0, "br_handle_frame", 0x1f, "bridge", "net/bridge/br_input.c", 412),
            LocationText.Parse("br_handle_frame+0x1f [bridge] (net/bridge/br_input.c:412)"));
}
