using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

/// <summary>From a function's name back to its address, and whether there are addresses at all.</summary>
public class FunctionSearchTests
{
    [Fact]
    public void Functions_at_address_zero_are_hidden_ones()
    {
        using var files = new SymbolFiles("0000000000000000 A fixed_percpu_data\n0000000000000000 T _text\n");

        Assert.True(files.Table.AddressesHidden);
    }

    [Fact]
    public void Data_at_address_zero_hides_nothing()
    {
        using var files = new SymbolFiles("0000000000000000 A fixed_percpu_data\nffffffff81000000 T _text\n");

        Assert.False(files.Table.AddressesHidden);
    }

    [Fact]
    public void A_symbol_keeps_what_the_compiler_appended()
    {
        using var files = new SymbolFiles("ffffffff81000000 t drop.constprop.0.isra.0.cold\nffffffff81000080 T next\n");

        files.Table.TryResolve(0xffffffff81000010, out ResolvedSymbol symbol);

        Assert.Equal("drop.constprop.0.isra.0.cold", symbol.Function);
    }

    [Fact]
    public void The_running_kernel_finds_what_it_resolves()
    {
        var table = new KernelSymbolTable();
        Assert.SkipWhen(table.AddressesHidden, "The kernel hides its addresses from this user.");
        FunctionExtent function = Assert.Single(table.FindFunctions("__napi_kfree_skb", null));

        Assert.True(table.TryResolve(function.Address + function.Size - 1, out ResolvedSymbol symbol));
        Assert.Equal(("__napi_kfree_skb", function.Size - 1), (symbol.Function, symbol.Offset));
    }
}
