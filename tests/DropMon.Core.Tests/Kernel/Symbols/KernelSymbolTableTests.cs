using System.Text;
using DropMon.Kernel.Symbols;
using DropMon.Sources;
using DropMon.Tests.Files;

namespace DropMon.Tests.Kernel.Symbols;

public sealed class KernelSymbolTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_drop_is_in_its_udp_receive_function(string kernel)
    {
        var drop = default(RawDrop);
        new DropMon.Sources.Tracepoint.KfreeSkbSampleDecoder(
            new DropMon.Sources.Tracepoint.KfreeSkbLayout(
                DropMon.Kernel.Tracing.TracepointFormat.Parse(GoldenFiles.Text(kernel, "kfree_skb.format"))),
            false)
            .TryDecode(GoldenFiles.Bytes(kernel, "sample"), ref drop);
        var table = new KernelSymbolTable(GoldenFiles.PathOf(kernel, "kallsyms"), GoldenFiles.PathOf(kernel, "modules"));

        Assert.True(table.TryResolve(drop.Address, out ResolvedSymbol symbol));
        Assert.Contains("udp", symbol.Function, StringComparison.Ordinal);
        Assert.InRange(symbol.Offset, 1ul, 0x2000ul);
        Assert.False(table.AddressesHidden);
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.EachKernel), MemberType = typeof(GoldenFiles))]
    public void Each_kernel_s_functions_resolve_to_themselves(string kernel)
    {
        SymbolIndex index = Build(GoldenFiles.Text(kernel, "kallsyms"));
        string[] lines = GoldenFiles.Text(kernel, "kallsyms").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (IGrouping<ulong, string[]> place in
            lines.Select(line => line.Split(' ', '\t')).GroupBy(f => Convert.ToUInt64(f[0], 16)).SkipLast(1))
        {
            string[][] functions = [.. place.Where(f => f[1] is "t" or "T" or "w" or "W")];
            bool found = index.TryResolve(place.Key, out ResolvedSymbol symbol);

            Assert.Equal(functions.Length > 0 && place.Key != 0, found);
            if (found)
            {
                Assert.Equal(
                    (functions[0][2], 0ul, functions[0].ElementAtOrDefault(3)?.Trim('[', ']')),
                    (symbol.Function, symbol.Offset, symbol.Module));
            }
        }
    }

    [Fact]
    public void Another_kind_of_symbol_ends_the_function_before_it()
    {
        SymbolIndex index = Build("ffffffff81000000 T one\nffffffff81000100 d data\nffffffff81000200 T two\nffffffff81000300 T end\n");

        Assert.True(index.TryResolve(0xffffffff810000ff, out _));
        Assert.False(index.TryResolve(0xffffffff81000100, out _));
        Assert.True(index.TryResolve(0xffffffff81000201, out ResolvedSymbol two));
        Assert.Equal(("two", 1ul), (two.Function, two.Offset));
    }

    [Fact]
    public void Of_aliases_the_first_is_named() =>
        Assert.Equal(
            "first",
            Resolve("ffffffff81000000 t first\nffffffff81000000 T second\nffffffff81000100 T end\n", 0xffffffff81000010)?.Function);

    [Fact]
    public void Unsorted_lines_resolve_alike() =>
        Assert.Equal(
            "one", Resolve("ffffffff81000200 T end\nffffffff81000000 T one\nffffffff81000100 T two\n", 0xffffffff81000010)?.Function);

    [Theory]
    [InlineData(0ul)]
    [InlineData(0xffffffff80fffffful)]
    [InlineData(0xffffffff81000200ul)]
    [InlineData(ulong.MaxValue)]
    public void What_no_function_covers_has_no_name(ulong address) =>
        Assert.Null(Resolve("ffffffff81000000 T one\nffffffff81000100 T two\nffffffff81000200 T end\n", address));

    [Fact]
    public void The_gap_behind_a_module_is_no_part_of_its_last_function() =>
        Assert.Null(Resolve("ffffffffc0000000 t last\t[a]\nffffffffc1000000 t first\t[b]\n", 0xffffffffc0800000));

    [Fact]
    public void Hidden_addresses_are_noticed()
    {
        Assert.True(Build("0000000000000000 T one\n0000000000000000 t two\n").IsHidden);
        Assert.False(Build("0000000000000000 A fixed_percpu_data\nffffffff81000000 T one\n").IsHidden);
    }

    [Fact]
    public void Damaged_lines_are_passed_over()
    {
        SymbolIndex index = Build(
            "garbage\n\nffffffff81000000 T one\nxyz T two\nffffffff810000001 T long\n1\n12 \n12 T\nffffffff81000100 T end");

        Assert.Equal(2, index.Count);
    }

    [Fact]
    public void A_line_without_end_does_not_grow_the_buffer()
    {
        string text = "ffffffff81000000 T one\nffffffff81000010 T " + new string('x', 600_000) + "\nffffffff81000100 T end\n";

        Assert.Equal("one", Resolve(text, 0xffffffff81000001)?.Function);
    }

    [Fact]
    public void Lines_across_the_edges_of_the_buffer_are_whole()
    {
        var text = new StringBuilder();
        for (ulong i = 0; i < 20_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{0xffffffff81000000 + (i * 16):x} T function_number_{i}\n");
        }

        SymbolIndex index = Build(text.ToString());

        for (ulong i = 0; i < 19_999; i++)
        {
            Assert.True(index.TryResolve(0xffffffff81000000 + (i * 16) + 3, out ResolvedSymbol symbol));
            Assert.Equal($"function_number_{i}", symbol.Function);
        }
    }

    [Fact]
    public void A_module_loaded_later_is_found()
    {
        (KernelSymbolTable table, string symbols, string modules) = Table("ffffffff81000000 T one\nffffffffff000000 T end\n", "");
        Assert.False(table.TryResolve(0xffffffffc0000010, out _));

        File.WriteAllText(symbols, "ffffffff81000000 T one\nffffffffc0000000 t new\t[fresh]\nffffffffc0001000 t next\t[fresh]\n");
        File.WriteAllText(modules, "fresh 16384 0 - Live 0xffffffffc0000000\n");

        Assert.True(table.TryResolve(0xffffffffc0000010, out ResolvedSymbol symbol));
        Assert.Equal(("new", "fresh"), (symbol.Function, symbol.Module));
    }

    [Fact]
    public void A_module_that_took_another_one_s_place_is_named_by_its_own_symbols()
    {
        (KernelSymbolTable table, string symbols, string modules) = Table(
            "ffffffffc0000000 t old\t[old]\nffffffffc0001000 t next\t[old]\n", "old 16384 0 - Live 0xffffffffc0000000\n");
        Assert.True(table.TryResolve(0xffffffffc0000010, out _));

        File.WriteAllText(symbols, "ffffffffc0000000 t new\t[new]\nffffffffc0001000 t next\t[new]\n");
        File.WriteAllText(modules, "new 16384 0 - Live 0xffffffffc0000000\n");

        // Noticed within a tenth of a second.
        Assert.True(
            SpinWait.SpinUntil(
                () => table.TryResolve(0xffffffffc0000010, out ResolvedSymbol symbol) && symbol.Function == "new", Waiting.Limit));
        table.TryResolve(0xffffffffc0000010, out ResolvedSymbol symbol);
        Assert.Equal(("new", "new"), (symbol.Function, symbol.Module));
    }

    [Fact]
    public void A_reference_count_that_changes_is_no_reason_to_read_all_again()
    {
        (KernelSymbolTable table, string symbols, string modules) = Table(
            "ffffffff81000000 T one\nffffffff81000100 T end\n", "a 16384 0 - Live 0xffffffffc0000000\n");
        table.TryResolve(0xffffffff81000001, out _);

        File.WriteAllText(symbols, "ffffffffc0000000 t other\t[a]\nffffffffc0001000 t next\t[a]\n");
        File.WriteAllText(modules, "a 16384 9 b, Live 0xffffffffc0000000\n");

        Assert.False(table.TryResolve(0xffffffffc0000010, out _));
    }

    [Fact]
    public void Without_the_file_addresses_have_no_names_until_it_is_there()
    {
        string symbols = _folder.File("kallsyms");
        var table = new KernelSymbolTable(symbols, _folder.File("modules"));
        Assert.False(table.TryResolve(0xffffffff81000001, out _));

        File.WriteAllText(symbols, "ffffffff81000000 T one\nffffffff81000100 T end\n");

        Assert.True(table.TryResolve(0xffffffff81000001, out _));
    }

    [Fact]
    public void A_table_that_was_loaded_ahead_is_not_read_again()
    {
        (KernelSymbolTable table, string symbols, _) = Table("ffffffff81000000 T one\nffffffff81000100 T end\n", "");

        table.EnsureLoaded();
        File.Delete(symbols);

        Assert.True(table.TryResolve(0xffffffff81000001, out _));
    }

    private (KernelSymbolTable, string, string) Table(string symbols, string modules)
    {
        string symbolFile = _folder.File("kallsyms");
        string moduleFile = _folder.File("modules");
        File.WriteAllText(symbolFile, symbols);
        File.WriteAllText(moduleFile, modules);
        return (new KernelSymbolTable(symbolFile, moduleFile), symbolFile, moduleFile);
    }

    private static ResolvedSymbol? Resolve(string kallsyms, ulong address) =>
        Build(kallsyms).TryResolve(address, out ResolvedSymbol symbol) ? symbol : null;

    private static SymbolIndex Build(string kallsyms)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(kallsyms));
        return SymbolIndexBuilder.Build(stream);
    }
}
