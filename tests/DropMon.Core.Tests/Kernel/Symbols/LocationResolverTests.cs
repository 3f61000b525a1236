using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public sealed class LocationResolverTests : IDisposable
{
    private const string Kernel = """
        ffffffff81000000 T _text
        ffffffff81000100 T udp_rcv
        ffffffff81000180 t cleanup
        ffffffff810001c0 T tcp_v4_rcv
        ffffffff81000200 t cleanup
        ffffffff81000280 t handle.isra.0
        ffffffff81000300 T _etext
        ffffffffc0001000 t nft_do_chain	[nf_tables]
        ffffffffc0001100 t nft_last	[nf_tables]
        ffffffffc0001180 t end	[other]

        """;

    private readonly SymbolFiles _files = new(Kernel);
    private readonly ScriptedLines _lines = new();

    private LocationResolver Resolver => new(_files.Table, _lines);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_address_becomes_function_and_offset()
    {
        KernelLocation place = Assert.Single(Resolver.Resolve("0xffffffff81000110"));

        Assert.Equal("udp_rcv+0x10", place.Location);
    }

    [Fact]
    public void A_function_and_an_offset_become_an_address()
    {
        KernelLocation place = Assert.Single(Resolver.Resolve("udp_rcv+0x10/0x80"));

        Assert.Equal(0xffffffff81000110, place.Address);
    }

    [Fact]
    public void A_function_of_a_module_is_found_with_its_module()
    {
        KernelLocation place = Assert.Single(Resolver.Resolve("nft_do_chain+0x20/0x100 [nf_tables]"));

        Assert.Equal("nft_do_chain+0x20 [nf_tables]", place.Location);
    }

    [Fact]
    public void Functions_that_share_a_name_are_all_given() =>
        Assert.Equal([0xffffffff81000190, 0xffffffff81000210], Resolver.Resolve("cleanup+0x10").Select(place => place.Address));

    [Fact]
    public void The_size_tells_functions_that_share_a_name_apart() =>
        Assert.Equal(0xffffffff81000210, Assert.Single(Resolver.Resolve("cleanup+0x10/0x80")).Address);

    [Fact]
    public void The_offset_tells_functions_that_share_a_name_apart() =>
        Assert.Equal(0xffffffff81000260, Assert.Single(Resolver.Resolve("cleanup+0x60")).Address);

    [Fact]
    public void The_line_is_that_of_the_call_before_the_address()
    {
        _ = Resolver.Resolve("udp_rcv+0x10");

        Assert.Equal(0xffffffff8100010f, _lines.LastAsked);
    }

    [Fact]
    public void The_line_of_a_functions_start_is_its_own()
    {
        _ = Resolver.Resolve("udp_rcv");

        Assert.Equal(0xffffffff81000100, _lines.LastAsked);
    }

    [Theory]
    [InlineData("nonsense here", "LocationUnreadable")]
    [InlineData("no_such_function+0x10", "FunctionUnknown")]
    [InlineData("udp_rcv+0x10 [nf_tables]", "FunctionUnknown")]
    [InlineData("udp_rcv+0x90", "OffsetBeyondFunction")]
    [InlineData("udp_rcv+0x10/0x90", "FunctionSizeDiffers")]
    [InlineData("0x1234", "AddressUnknown")]
    public void What_cannot_be_resolved_is_an_error_of_its_own_kind(string text, string errorId)
    {
        LocationException error = Assert.Throws<LocationException>(() => Resolver.Resolve(text));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public void Hidden_addresses_are_an_error_with_the_setting_to_change()
    {
        using var hidden = new SymbolFiles("0000000000000000 T _text\n0000000000000000 T udp_rcv\n");

        LocationException error = Assert.Throws<LocationException>(
            () => new LocationResolver(hidden.Table, _lines).Resolve("udp_rcv+0x10"));

        Assert.Contains("kptr_restrict", error.Remedy, StringComparison.Ordinal);
    }

    private sealed class ScriptedLines : ISourceLines
    {
        public ulong LastAsked { get; private set; }

        public SourceLocation? FindCall(ulong returnAddress) => Find(returnAddress - 1);

        public SourceLocation? Find(ulong address)
        {
            LastAsked = address;
            return null;
        }
    }
}
