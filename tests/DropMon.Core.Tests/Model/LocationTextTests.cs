namespace DropMon.Tests;

public sealed class LocationTextTests
{
    [Fact]
    public void A_function_with_offset_module_and_line_reads_as_the_kernel_writes_it() =>
        Assert.Equal("br_handle_frame+0x1f [bridge] (net/bridge/br_input.c:412)", LocationText.Format(1, "br_handle_frame", 0x1f, "bridge", "net/bridge/br_input.c", 412));

    [Fact]
    public void An_address_without_a_symbol_is_shown_as_a_number() =>
        Assert.Equal("0xffffffff81000010", LocationText.Format(0xffffffff81000010, null, 0, null, null, null));
}
