using System.Text;
using DropMon.Kernel.Symbols;

namespace DropMon.Tests.Kernel.Symbols;

public sealed class SymbolIndexTests
{
    [Fact]
    public void The_directory_finds_what_a_walk_from_the_start_finds()
    {
        var random = new Random(7);
        ulong[] addresses = Addresses(random);
        SymbolIndex index = Build(addresses.Select((address, i) => $"{address:x16} t f{i}"));

        foreach (ulong address in addresses.SelectMany(a => new[] { a - 1, a, a + 1, a + (ulong)random.Next(5000) }))
        {
            Assert.Equal(Array.FindLastIndex(addresses, a => a <= address), index.Find(address));
        }
    }

    [Theory]
    [InlineData("ffffffff81000000 T start", 0xffffffff81000000)]
    [InlineData("FFFFFFFF81000000 T start", 0xffffffff81000000)]
    [InlineData("c0100000 T start", 0xc0100000)]
    [InlineData("0123456789abcdef T start", 0x0123456789abcdef)]
    public void An_address_is_read_whatever_its_width_and_case(string line, ulong address)
    {
        SymbolIndex index = Build([line, "fffffffffffffff0 T end"]);

        Assert.True(index.TryResolve(address, out ResolvedSymbol symbol));
        Assert.Equal(("start", 0UL), (symbol.Function, symbol.Offset));
    }

    [Theory]
    [InlineData("ffffffff8100000g T start")]
    [InlineData("ffffffff8100000: T start")]
    [InlineData("ffffffff8100000` T start")]
    [InlineData("ffffffff8100000/ T start")]
    [InlineData("ffffffff8100000\u0080 T start")]
    public void A_line_whose_address_is_no_number_is_passed_over(string line) =>
        Assert.Equal(1, Build([line, "fffffffffffffff0 T end"]).Count);

    // The kernel proper, modules far behind it, and per-CPU variables near zero.
    private static ulong[] Addresses(Random random)
    {
        var addresses = new SortedSet<ulong>();
        foreach ((ulong start, int count, int step) in
            new[] { (0x1000UL, 20, 64), (0xffffffff81000000UL, 3000, 700), (0xffffffffc0200000UL, 400, 90) })
        {
            ulong address = start;
            for (int i = 0; i < count; i++)
            {
                addresses.Add(address);
                address += (ulong)random.Next(1, step);
            }
        }

        return [.. addresses];
    }

    private static SymbolIndex Build(IEnumerable<string> lines) =>
        SymbolIndexBuilder.Build(new MemoryStream(Encoding.Latin1.GetBytes(string.Join('\n', lines) + "\n")));
}
